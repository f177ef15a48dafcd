"""Prices as people type them: "150k", "150.000 đ", "1tr2". What is ambiguous is asked about."""

import re
from fractions import Fraction

from core.text.fold import fold
from core.text.numbers import readings, typed_line
from core.text.refusal import Unreadable

CHEAPEST = 1_000  # Below it a bare number is short for thousands as often as it is meant.

_CURRENCY = re.compile(r"^(?:₫|vnd|vnđ) ?|[ ./]*(?:₫|đ|d|vnd|vnđ|đồng|dong)$")
_MULTIPLIERS = {
    **dict.fromkeys(("k", "nghin", "ngan", "ng"), 10**3),
    **dict.fromkeys(("tr", "trieu", "cu"), 10**6),
    **dict.fromkeys(("ty", "ti"), 10**9),
}
_NUMBER = r"[0-9](?:[0-9., ']*[0-9])?"
_SHORT = re.compile(
    rf"(?P<number>{_NUMBER}) ?(?P<unit>[a-z]+)"
    r"(?: ?(?P<rest>[0-9]{1,3})(?P<thousands> ?(?:k|nghin|ngan))?)?"
)


def dong(text: str) -> int:
    """Give the whole đồng that `text` says.

    Raises:
        Unreadable: `dong_negative`; `dong_fraction` for a part of one đồng; `dong_ambiguous` (with
            `readings`) for "1.5", "150" or "1.500k"; `dong_unreadable`.
    """
    line = typed_line(text)
    if line[0] in "-−–":
        raise Unreadable("dong_negative", text=text)
    amount = _CURRENCY.sub("", line)
    short = _SHORT.fullmatch(fold(amount))
    if short and short["unit"] in _MULTIPLIERS:
        return _the_one(text, _short_readings(short, text))
    possible = readings(amount, decimals=False)
    if not possible:
        raise Unreadable("dong_unreadable", text=text)
    (value,) = possible
    if value.denominator != 1 and value > CHEAPEST:
        raise Unreadable("dong_fraction", text=text)
    bare = amount == line
    if value.denominator != 1 or (bare and 0 < value < CHEAPEST):
        raise Unreadable(
            "dong_ambiguous", text=text, readings=_in_thousands_or_more(value, bare=bare)
        )
    return int(value)


def _short_readings(short: re.Match[str], text: str) -> frozenset[Fraction]:
    multiplier = _MULTIPLIERS[short["unit"]]
    possible = readings(short["number"])
    if short["rest"] is None:
        return frozenset(value * multiplier for value in possible)
    if any(value.denominator != 1 for value in possible) or len(possible) != 1:
        raise Unreadable("dong_unreadable", text=text)  # "1,5tr2" says two things.
    (whole,) = possible
    if short["thousands"]:
        if multiplier <= 10**3:
            raise Unreadable("dong_unreadable", text=text)
        return frozenset({whole * multiplier + int(short["rest"]) * 10**3})
    # "1tr2" is spoken "một triệu hai": 1,200,000.
    tail = Fraction(int(short["rest"]), 10 ** len(short["rest"]))
    return frozenset({(whole + tail) * multiplier})


def _the_one(text: str, possible: frozenset[Fraction]) -> int:
    if not possible:
        raise Unreadable("dong_unreadable", text=text)
    whole = sorted(int(value) for value in possible if value.denominator == 1)
    if not whole:
        raise Unreadable("dong_fraction", text=text)
    if len(whole) > 1:
        raise Unreadable("dong_ambiguous", text=text, readings=tuple(whole))
    return whole[0]


def _in_thousands_or_more(value: Fraction, *, bare: bool) -> tuple[int, ...]:
    """What "1.5" or "150" may be short for, in whole đồng."""
    multipliers = (1, 10**3, 10**6) if bare else (10**3, 10**6)
    meant = [value * multiplier for multiplier in multipliers]
    return tuple(int(one) for one in meant if one.denominator == 1)
