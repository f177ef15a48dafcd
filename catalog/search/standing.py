"""A product's standing as a function of the day, so that stars lapse without reindexing. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from catalog.rules import (
    YEAR_ONLY_LAPSES_AFTER,
    RecognitionFacts,
    Standing,
    best_standing,
    standing_of,
    valid_until,
)

IN_FORCE = "in_force"  # In a request and in counts: any of the stars.
STARS = ("5", "4", "3", "2", "1")  # In force, by their number.
STANDINGS = (*STARS, *(each.value for each in Standing if each is not Standing.IN_FORCE))


@dataclass(frozen=True)
class Period:
    """From `since` (a day in Việt Nam) on, until the next period, the standing is this."""

    since: date
    standing: str  # One of STANDINGS.


def periods(facts: Sequence[RecognitionFacts]) -> tuple[Period, ...]:
    """Give the standing for all time: the first period begins with the calendar."""
    found: list[Period] = []
    for day in sorted({date.min, *_turning_days(facts)}):
        standing = standing_on(facts, day)
        if not found or found[-1].standing != standing:
            found.append(Period(day, standing))
    return tuple(found)


def standing_on(facts: Sequence[RecognitionFacts], day: date) -> str:
    """Give the facet value of a product on `day`: the stars in force, else its best standing."""
    best = best_standing(facts, today=day)
    if best is not Standing.IN_FORCE:
        return best.value
    stars = [each.stars or 0 for each in facts if standing_of(each, today=day) is Standing.IN_FORCE]
    return str(max(stars))


def expanded(standings: Iterable[str]) -> frozenset[str]:
    """Give the facet values a request means: "in_force" is all of the stars."""
    asked = frozenset(standings)
    return asked | frozenset(STARS) if IN_FORCE in asked else asked


def _turning_days(facts: Iterable[RecognitionFacts]) -> Iterable[date]:
    """Days on which the standing of one of the recognitions may change."""
    for each in facts:
        if each.decided_on is not None:
            yield each.decided_on
            last = each.valid_until or valid_until(each.decided_on)
            if last < date.max:
                yield last + timedelta(days=1)
        elif each.decided_year is not None:
            year = each.decided_year + YEAR_ONLY_LAPSES_AFTER
            if date.min.year <= year <= date.max.year:
                yield date(year, 1, 1)
