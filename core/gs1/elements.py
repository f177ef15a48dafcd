"""Application identifiers: what each may hold, and where a Digital Link may carry it.

A small part of GS1's Barcode Syntax Dictionary, in its own terms: a further identifier is a
further row.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

# GS1 character set 82 (General Specifications, figure 7.11-1).
CHARACTER_SET_82: Final = r"!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z"


@dataclass(frozen=True, slots=True)
class Element:
    """One identifier: the form of its value, and whether that ends with a mod-10 check digit."""

    form: re.Pattern[str]
    check_digit: bool = False


def _text(longest: int) -> Element:
    return Element(re.compile(rf"[{CHARACTER_SET_82}]{{1,{longest}}}"))


def _digits(length: int, *, check_digit: bool) -> Element:
    return Element(re.compile(rf"[0-9]{{{length}}}"), check_digit)


ELEMENTS: Final[Mapping[str, Element]] = MappingProxyType(
    {
        "01": _digits(14, check_digit=True),  # GTIN
        "10": _text(20),  # Lot
        "21": _text(20),  # Serial
        "22": _text(20),  # Consumer product variant
        "235": _text(28),  # Third party's serialised extension of a GTIN
    }
)
# Of each primary key the sequences its qualifiers may follow it in (Digital Link URI Syntax, 4.3).
QUALIFIERS: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = MappingProxyType(
    {"01": (("22", "10", "21"), ("235",))}
)
# Identifiers that only a path may carry.
PATH_ONLY: Final = frozenset(QUALIFIERS) | {
    qualifier
    for sequences in QUALIFIERS.values()
    for sequence in sequences
    for qualifier in sequence
}
