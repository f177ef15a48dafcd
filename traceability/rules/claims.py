"""“Tôi đã mua món này”: what a visitor said of one stamp, and what others read of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

# Of one stamp at a time: its buyer, whom they gave it to, and as many more.
MOST_CLAIMS: Final = 12
LATER_ATTENTIVE: Final = 2  # verdicts.md: attentive from the second later occasion.


@dataclass(frozen=True, slots=True)
class GoodsClaim:
    """One tap, as it stands to whoever looks now."""

    at: datetime
    occasions: int  # Of the stamp when it was tapped, the buyer's own included.
    is_own: bool = False  # This very browser tapped.


def first_of_others(claims: Iterable[GoodsClaim]) -> GoodsClaim | None:
    """Give the earliest claim of another browser: whoever tapped reads nothing of their own."""
    others = [claim for claim in claims if not claim.is_own]
    return min(others, key=lambda claim: claim.at, default=None)


def own_of(claims: Iterable[GoodsClaim]) -> GoodsClaim | None:
    """Give the visitor's own claim, which they may take back."""
    return next((claim for claim in claims if claim.is_own), None)


def later_occasions(claim: GoodsClaim, occasions: int) -> int:
    """Give how many occasions began after a claim; `occasions` are all, this visit's included."""
    return max(occasions - claim.occasions, 0)
