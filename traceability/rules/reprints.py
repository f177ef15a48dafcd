"""Why labels are printed again, and which of them were handed out before."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from traceability.rules.prints import Piece, merged

LONGEST_WORDS: Final = 120  # A line of the batch's page.


class ReprintReason(StrEnum):
    """Why labels are printed that were handed out before."""

    JAM = "jam"  # The printer took several sheets at once, or stopped.
    LOST = "lost"  # The sheets are gone, unused.
    BAD_PRINT = "bad_print"  # Too pale, shifted, scaled.
    OTHER = "other"  # In own words.


@dataclass(frozen=True)
class Reprint:
    """Why labels are printed again: one of the reasons, and own words where it is another."""

    reason: ReprintReason
    words: str = ""


def overlapping(wanted: Piece, others: Iterable[Piece], living: Iterable[Piece]) -> list[Piece]:
    """Give which stamps of `wanted` are among `others` too, cancelled ones left out."""
    shared = _common([wanted], others)
    return merged(_common(shared, living))


def _common(ones: Iterable[Piece], others: Iterable[Piece]) -> list[Piece]:
    rest = list(others)
    return [
        (max(first, start), min(last, end))
        for first, last in ones
        for start, end in rest
        if start <= last and end >= first
    ]
