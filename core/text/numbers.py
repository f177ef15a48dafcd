"""What a number that somebody typed can mean. "1.500" is fifteen hundred or one and a half."""

import re
import unicodedata
from fractions import Fraction

from core.text.fold import visible
from core.text.refusal import Unreadable

LONGEST = 60  # Characters looked at; nobody types a longer price, amount or count.

_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:(?P<mark>[.,' ])[0-9]{3})(?:(?P=mark)[0-9]{3})*")
_DECIMAL = re.compile(r"(?P<whole>[0-9]+)[.,](?P<rest>[0-9]+)")
_GROUPED_DECIMAL = re.compile(
    r"(?P<whole>[0-9]{1,3}(?P<mark>[., ])[0-9]{3}(?:(?P=mark)[0-9]{3})*)"
    r"(?!(?P=mark))[.,](?P<rest>[0-9]+)"
)


def typed_line(text: str) -> str:
    """Give typed `text` for reading: lower case, plain digits, single spaces.

    Full-width digits, no-break and thin spaces become plain ones.

    Raises:
        Unreadable: `empty`; `too_long` (with `at_most`).
    """
    if len(text) > LONGEST:
        raise Unreadable("too_long", at_most=LONGEST)
    line = " ".join(unicodedata.normalize("NFKC", visible(text)).lower().split())
    if not line:
        raise Unreadable("empty")
    return line


def bounded(text: str, *, most: int) -> int | None:
    """The whole number these plain digits write, `most` at the most; None where they write none.

    Python reads no number of thousands of digits (it raises), and knows other digits besides.
    """
    if not (text.isascii() and text.isdigit()):
        return None
    digits = text.lstrip("0") or "0"
    return min(int(digits[: len(str(most)) + 1]), most)


def readings(number: str, *, decimals: bool = True) -> frozenset[Fraction]:
    """Give every value that `number` can stand for; empty when it is no number.

    With `decimals` false three digits after one mark are thousands alone ("1.500" = 1500).
    """
    if _PLAIN.fullmatch(number):
        return frozenset({Fraction(number)})
    found: set[Fraction] = set()
    grouped = _GROUPED.fullmatch(number)
    if grouped and not number.startswith("0"):
        found.add(Fraction(re.sub("[^0-9]", "", number)))
    if (decimals or not found) and (single := _DECIMAL.fullmatch(number)):
        found.add(_decimal(single["whole"], single["rest"]))
    if both := _GROUPED_DECIMAL.fullmatch(number):
        found.add(_decimal(re.sub("[^0-9]", "", both["whole"]), both["rest"]))
    return frozenset(found)


def _decimal(whole: str, rest: str) -> Fraction:
    return Fraction(int(whole + rest), 10 ** len(rest))


def count(text: str) -> int:
    """Give how many pieces `text` says: "1.000" and "1,000" are a thousand.

    Raises:
        Unreadable: `count_negative`; `count_fraction` for a part of one; `count_unreadable`.
    """
    line = typed_line(text)
    if line[0] in "-−–":
        raise Unreadable("count_negative", text=text)
    possible = readings(line, decimals=False)
    if not possible:
        raise Unreadable("count_unreadable", text=text)
    (value,) = possible
    if value.denominator != 1:
        raise Unreadable("count_fraction", text=text)
    return int(value)
