"""Bursts: many stamps of one batch checked from one network within two hours.

A shop that takes goods in, a store-keeper who tries a box, a class on an outing: no buyers of those
goods. Their looks say nothing of whether one number stands on two goods, and are set aside there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from traceability.rules.occasions import OCCASION_HOURS

BURST_STAMPS: Final = 12  # Of one batch: more than a household buys, fewer than a box holds.
BURST_SECONDS: Final = OCCASION_HOURS * 3600  # As long as an occasion lasts.


@dataclass(frozen=True, slots=True)
class Mark:
    """A counted check as it is kept for these two hours: by its token, nothing of who."""

    token: str
    is_new: bool  # The network's first look at that stamp.

    @property
    def text(self) -> str:
        """The mark as it is kept."""
        return ("n" if self.is_new else "s") + self.token


def mark_of(text: str) -> Mark:
    """Read a kept mark."""
    return Mark(text[1:], text.startswith("n"))


def is_burst(marks: Sequence[Mark]) -> bool:
    """Say whether one network looked at so many stamps; one stamp seen by many phones is none."""
    return sum(mark.is_new for mark in marks) >= BURST_STAMPS
