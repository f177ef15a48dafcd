"""What may be said of a product's OCOP rank today. Pure.

Source: decisions 148/QĐ-TTg (2023) and 1489/QĐ-TTg (2025): a recognition is valid for 36 months and
from the day it lapses the starred mark may not be used. With only a year known nothing is in force.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

VALID_MONTHS = 36
YEAR_ONLY_LAPSES_AFTER = 4  # Known year Y: lapsed from 1 January of Y + 4, whatever the day was.


class Standing(StrEnum):
    """The five lines of the star facet, the strongest first."""

    IN_FORCE = "in_force"
    UNVERIFIED = "unverified"
    LAPSED = "lapsed"
    FILED = "filed"
    NONE = "none"


@dataclass(frozen=True)
class RecognitionFacts:
    """One recognition as recorded."""

    stage: str  # recognised | lapsed (its source says so) | filed | none
    stars: int | None = None
    decision: str | None = None
    authority: str | None = None
    decided_on: date | None = None
    decided_year: int | None = None
    valid_until: date | None = None
    review: str = "source"  # source | waiting | confirmed | refused: who stands behind it.


def valid_until(decided_on: date) -> date:
    """The last day in force of a recognition decided on `decided_on`."""
    year, month = divmod(decided_on.year * 12 + decided_on.month - 1 + VALID_MONTHS, 12)
    for day in range(decided_on.day, 0, -1):  # 29 February may have no anniversary.
        try:
            anniversary = date(year, month + 1, day)
        except ValueError:
            continue
        return date.fromordinal(anniversary.toordinal() - 1)
    raise AssertionError(decided_on)


_WITHOUT_RECOGNITION = {
    "lapsed": Standing.LAPSED,
    "filed": Standing.FILED,
    "none": Standing.NONE,
}


def last_day(facts: RecognitionFacts) -> date | None:
    """The last day in force as recorded or reckoned; None where no day is known."""
    if facts.valid_until is None and facts.decided_on is not None:
        return valid_until(facts.decided_on)
    return facts.valid_until


def standing_of(facts: RecognitionFacts, *, today: date) -> Standing:
    """What one recognition is worth today: in force only with number, date, authority and stars."""
    if facts.review == "refused":
        return Standing.NONE  # It was looked into, and is not so.
    if facts.stage != "recognised":
        return _WITHOUT_RECOGNITION[facts.stage]
    until = last_day(facts)
    if facts.decided_on is not None and until is not None:
        if until < today:
            return Standing.LAPSED
        is_known = facts.review != "waiting"  # A maker's own word gives no stars.
        is_whole = is_known and facts.decision and facts.authority and facts.stars
        return Standing.IN_FORCE if is_whole and facts.decided_on <= today else Standing.UNVERIFIED
    if facts.stars is None or facts.decided_year is None:
        return Standing.UNVERIFIED  # Too little is known to say even that it lapsed.
    lapsed = today.year >= facts.decided_year + YEAR_ONLY_LAPSES_AFTER
    return Standing.LAPSED if lapsed else Standing.UNVERIFIED


def best_standing(all_facts: Iterable[RecognitionFacts], *, today: date) -> Standing:
    """The strongest of a product's recognitions; `none` without any."""
    order = list(Standing)
    found = [standing_of(facts, today=today) for facts in all_facts]
    return min(found, key=order.index, default=Standing.NONE)
