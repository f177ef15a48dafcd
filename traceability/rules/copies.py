"""Whether a stamp's number may stand on more goods than one, and why that is thought.

Counted pages cost nobody anything: they raise the grade to `attentive` and tell the maker, never
more. `suspicious` needs what costs something. How well the points below tell copies from a stamp
that is passed around is measured by `bench/clones.py`; docs/adr has what limits it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

CHECKS_LOOKED_AT: Final = 24  # The first of a stamp: a check reads a fixed handful of rows.
ALARM_POINTS: Final = 4  # Tuned on seeds 1-20 of bench/clones to 3 genuine stamps in 100.
TWO_PROVINCES: Final = 2
TWO_SIGHTINGS: Final = 2  # One alone is the buyer.
THREE_SCRATCHED: Final = 2  # Again: a present is scratched by who gives it and who gets it.
# Goods are bought once and looked at then. Somebody new this long after activation is one more
# holder, or a copy: (days since activation, points), each adding to those before.
LATE_DAYS: Final = ((14, 1), (20, 1), (30, 1), (45, 1), (60, 2))
AGAIN_OCCASIONS, AGAIN_TIMES = 5, 2  # An answered alarm rings again: case D's five, and twice.
LONG_PAUSE_DAYS, LONG_PAUSE_POINTS = 10, 1  # Between one that is new and the next.
PAUSE_DAYS, TWO_PAUSES_POINTS = 3, 2  # Two pauses: three times somebody new, not one evening.
FAMILY_DAYS, AFTER_CLAIM_POINTS = 2, 1  # A family looks in the days after buying; two more do not.
# Where a sale is recorded its buyer's checks are expected, whenever it was; others count instead.
SOLD_POINTS: Final = -3
BEFORE_SALE_DAYS, BEFORE_SALE_POINTS = 1, 1  # A shop scans on the day itself.
AFTER_SALE_DAYS: Final = ((8, 3), (25, 2))  # (days since the sale, points)


class Level(StrEnum):
    """What is thought of a stamp's number."""

    NONE = "none"
    ATTENTIVE = "attentive"
    SUSPICIOUS = "suspicious"


class Reason(StrEnum):
    """Why, the gravest first."""

    CASE = "case"  # Somebody who may has confirmed goods that are not the maker's.
    CODE_AGAIN = "code_again"  # Three people typed the one hidden number rightly.
    PATTERN = "pattern"  # A photo was sent, and buyers named places of two provinces.
    AROUND_SALE = "around_sale"  # Others looked before its recorded sale, or long after it.
    SIGHTINGS = "sightings"  # Others look, again and again, or long after one another.
    MANY = "many"  # Case D of the page: by occasions alone.
    AFTER_CLAIM = "after_claim"  # Others look after somebody said that they bought it.


@dataclass(frozen=True, slots=True)
class Seen:
    """One counted check, by whom it is told apart from others at the same stamp."""

    day: float  # Since activation.
    network: str | None  # Keyed by the stamp; None once forgotten.
    browser: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What people said at some cost, beyond opening a page."""

    has_report_with_photo: bool = False
    provinces_named: int = 0  # By buyers, each on a network of their own.

    @property
    def is_pattern(self) -> bool:
        """Whether it makes a number suspicious whose checks are unusual too."""
        return self.has_report_with_photo and self.provinces_named >= TWO_PROVINCES


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """All that bears on whether a number was copied. Days count from activation."""

    sightings: tuple[float, ...] = ()
    first_claim_day: float | None = None  # “Tôi đã mua món này”, for the first time.
    sold_day: float | None = None
    times_code_again: int = 0  # Typed rightly again, from another network than the first time.
    evidence: Evidence = Evidence()
    has_confirmed_case: bool = False


@dataclass(frozen=True, slots=True)
class Rung:
    """What was known when an alarm rang or was answered, or is known now."""

    occasions: int
    is_suspicious: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What is thought, and every reason that holds, the gravest first."""

    level: Level = Level.NONE
    reasons: tuple[Reason, ...] = ()


def find_copy(facts: CopyFacts, *, alarm_points: int = ALARM_POINTS) -> Finding:
    """Say what is thought of a number. Whatever loads pages alone ends at `attentive`.

    A code that three people scratched, and a confirmed case, make a number suspicious however few
    looked: no page loaded adds to them. A photo needs two provinces named by buyers beside
    unusual checks; a smearer who goes so far has to send us a picture that people look at.
    """
    is_unusual = points(facts) >= alarm_points
    costly = {
        Reason.CASE: facts.has_confirmed_case,
        Reason.CODE_AGAIN: facts.times_code_again >= THREE_SCRATCHED,
        Reason.PATTERN: is_unusual and facts.evidence.is_pattern,
    }
    counted = {
        Reason.AROUND_SALE: is_unusual and facts.sold_day is not None,
        Reason.SIGHTINGS: is_unusual,
        Reason.AFTER_CLAIM: is_unusual and _is_claimed_by_others(facts),
    }
    level = Level.ATTENTIVE if is_unusual else Level.NONE
    held = tuple(reason for reason, holds in (costly | counted).items() if holds)
    return Finding(Level.SUSPICIOUS if any(costly.values()) else level, held)


def rings_again(before: Rung, now: Rung) -> bool:
    """Say whether clearly more happened since the maker answered "ours".

    Goods shown in a shop go on being checked: twice as many occasions, and as many more as make
    case D, are more than that. Evidence that costs something is, however few looked.
    """
    if now.is_suspicious and not before.is_suspicious:
        return True
    more = now.occasions - before.occasions
    return more >= AGAIN_OCCASIONS and now.occasions >= AGAIN_TIMES * before.occasions


def points(facts: CopyFacts) -> int:
    """Give how unusual a stamp's checks are; `ALARM_POINTS` of them raise an alarm."""
    if len(facts.sightings) < TWO_SIGHTINGS:
        return 0
    found = _by_sightings(facts)
    if _is_claimed_by_others(facts):
        found += AFTER_CLAIM_POINTS
    return found + (_by_sale(facts.sightings, facts.sold_day) if facts.sold_day is not None else 0)


def _by_sightings(facts: CopyFacts) -> int:
    days = facts.sightings
    if len(days) < TWO_SIGHTINGS:
        return 0
    pauses = [later - earlier for earlier, later in pairwise(days)]
    found = sum(each for since, each in LATE_DAYS if days[-1] >= since)
    if max(pauses) >= LONG_PAUSE_DAYS:
        found += LONG_PAUSE_POINTS
    if sum(pause > PAUSE_DAYS for pause in pauses) >= TWO_SIGHTINGS:
        found += TWO_PAUSES_POINTS
    return found


def _is_claimed_by_others(facts: CopyFacts) -> bool:
    """Say whether two more looked once the family of whoever bought it had time to."""
    claimed = facts.first_claim_day
    if claimed is None:
        return False
    return sum(day > claimed + FAMILY_DAYS for day in facts.sightings) >= TWO_SIGHTINGS


def _by_sale(days: tuple[float, ...], sold_day: float) -> int:
    found = SOLD_POINTS
    if days[0] < sold_day - BEFORE_SALE_DAYS:
        found += BEFORE_SALE_POINTS
    return found + sum(each for since, each in AFTER_SALE_DAYS if days[-1] > sold_day + since)


def sightings(checks: Iterable[Seen]) -> tuple[float, ...]:
    """Give the days on which somebody new looked, in order: a new browser on a new network.

    A phone that changes its carrier's gateway keeps its browser, a family at home its network:
    neither is somebody new. Checks come in order of time; forgotten ones cannot be told apart.
    """
    known: set[str] = set()
    days: list[float] = []
    for check in checks:
        marks = {mark for mark in (check.network, check.browser) if mark is not None}
        if marks and known.isdisjoint(marks):
            days.append(check.day)
        known |= marks
    return tuple(days)
