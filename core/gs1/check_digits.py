"""GS1's mod-10 check digit and the four lengths of a GTIN (GS1 General Specifications, 7.9)."""

from enum import StrEnum
from typing import Final

GTIN_LENGTHS: Final = (8, 12, 13, 14)
# Numbers a shop or a region gives itself, by the GS1 prefix (General Specifications, 1.4.1): they
# name other goods next door, so they are no trade item's number in an open market.
_RESTRICTED: Final = ("02", "04", "2")
_RESTRICTED_SHORT: Final = ("0", "2")  # The same in a GTIN-8 (1.4.2).


class GtinFault(StrEnum):
    """Why a text is no GTIN."""

    NOT_DIGITS = "not_digits"
    LENGTH = "length"
    CHECK_DIGIT = "check_digit"
    RESTRICTED = "restricted"  # A shop's own number, unique in that shop alone.


class MalformedGtin(ValueError):
    """The text is no GTIN; `fault` says why."""

    def __init__(self, fault: GtinFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def check_digit(digits: str) -> str:
    """Give the digit that follows `digits`: weights 3, 1, 3 … from the right."""
    weighted = (
        int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits))
    )
    return str(-sum(weighted) % 10)


def has_valid_check_digit(digits: str) -> bool:
    """Say whether the last digit is the check digit of those before it."""
    return is_digits(digits) and check_digit(digits[:-1]) == digits[-1]


def is_digits(text: str) -> bool:
    """Say whether the text is ASCII digits and nothing else (`str.isdigit` takes ² and ٣)."""
    return text.isascii() and text.isdigit()


def gtin14(text: str) -> str:
    """Give the 14 digits of a GTIN-8, -12, -13 or -14; spaces and hyphens are ignored.

    Raises:
        MalformedGtin: not digits, another length, a wrong check digit, or a shop's own number.
    """
    digits = "".join(text.split()).replace("-", "")
    if not is_digits(digits):
        raise MalformedGtin(GtinFault.NOT_DIGITS)
    if len(digits) not in GTIN_LENGTHS:
        raise MalformedGtin(GtinFault.LENGTH)
    if check_digit(digits[:-1]) != digits[-1]:
        raise MalformedGtin(GtinFault.CHECK_DIGIT)
    padded = digits.zfill(14)
    if _is_restricted(padded):
        raise MalformedGtin(GtinFault.RESTRICTED)
    return padded


def _is_restricted(padded: str) -> bool:
    if padded.startswith("000000"):
        return padded[6:].startswith(_RESTRICTED_SHORT)
    return padded[1:].startswith(_RESTRICTED)
