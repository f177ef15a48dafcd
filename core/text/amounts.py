"""Amounts as people type them, in whole base units: "1,5 kg" is 1,500 g, "12 cái" 12 pieces."""

import re
from typing import Literal, NamedTuple

from core.text.fold import fold, normal
from core.text.numbers import readings, typed_line
from core.text.refusal import Unreadable

BaseUnit = Literal["g", "ml", "piece"]

_PIECES = (
    *("cái", "chiếc", "con", "quả", "trái", "củ", "cây", "bông", "viên", "miếng", "tờ", "cuốn"),
    *("bộ", "gói", "túi", "hộp", "chai", "lọ", "hũ", "lon", "bánh", "thanh", "que"),
    *("lượt", "đêm", "suất", "piece", "pieces", "pcs", "pc"),
)
# One of each in base units. "chục" (10 here, 12 there) and its like are asked about.
_UNITS: dict[str, tuple[int, BaseUnit]] = {
    **dict.fromkeys(("g", "gr", "gam", "gram", "grams"), (1, "g")),
    **dict.fromkeys(("kg", "kgs", "ký", "kí", "kilo", "kilôgam", "kilogram", "cân"), (1_000, "g")),
    "lạng": (100, "g"),
    "yến": (10_000, "g"),
    "tạ": (100_000, "g"),
    "tấn": (1_000_000, "g"),
    **dict.fromkeys(("ml", "cc", "mililít", "mililit"), (1, "ml")),
    "cl": (10, "ml"),
    "dl": (100, "ml"),
    **dict.fromkeys(("l", "lít", "litre", "litres", "liter", "liters"), (1_000, "ml")),
    **dict.fromkeys(_PIECES, (1, "piece")),
}
# Without diacritics "can" may be a canister and "ta" a dozen ("tá"): these are never folded.
_ONLY_AS_WRITTEN = {"cân", "tạ"}
_FOLDED_UNITS = {fold(unit): _UNITS[unit] for unit in _UNITS.keys() - _ONLY_AS_WRITTEN}
_AMOUNT = re.compile(r"(?P<number>[0-9](?:[0-9., ']*[0-9])?) ?(?P<unit>[^\W\d_]*)\.?")


class Amount(NamedTuple):
    """A content in whole base units: 1,5 kg is (1500, "g")."""

    content: int
    base_unit: BaseUnit


def amount(text: str) -> Amount:
    """Give the amount that `text`, a number and a unit, says.

    Raises:
        Unreadable: `amount_negative`; `amount_unit_missing`; `amount_unit_unknown` (with `unit`);
            `amount_fraction` for a part of a g, ml or piece; `amount_ambiguous` (with `readings`,
            in base units) for "1.500 kg"; `amount_unreadable`.
    """
    line = typed_line(text)
    if line[0] in "-−–":
        raise Unreadable("amount_negative", text=text)
    parts = _AMOUNT.fullmatch(line)
    if parts is None:
        raise Unreadable("amount_unreadable", text=text)
    if not parts["unit"]:
        raise Unreadable("amount_unit_missing", text=text)
    size, base_unit = _unit(parts["unit"], text)
    possible = readings(parts["number"], decimals=size > 1)
    if not possible:
        raise Unreadable("amount_unreadable", text=text)
    whole = sorted(int(value * size) for value in possible if (value * size).denominator == 1)
    if not whole:
        raise Unreadable("amount_fraction", text=text)
    if len(whole) > 1:
        raise Unreadable("amount_ambiguous", text=text, readings=tuple(whole), base_unit=base_unit)
    return Amount(whole[0], base_unit)


def base_unit_of(word: str) -> BaseUnit | None:
    """What a unit's word, in lower case, is counted in; None for a word that is no unit."""
    known = _known(word)
    return known[1] if known else None


def _unit(word: str, text: str) -> tuple[int, BaseUnit]:
    known = _known(word)
    if known is None:
        raise Unreadable("amount_unit_unknown", text=text, unit=word)
    return known


def _known(word: str) -> tuple[int, BaseUnit] | None:
    # Only a word typed without diacritics is folded: "lồ" must not be read as "lọ".
    return _UNITS.get(normal(word)) or (_FOLDED_UNITS.get(word) if word.isascii() else None)
