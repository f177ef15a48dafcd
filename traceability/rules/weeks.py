"""Days put together into weeks that begin on Monday, as people in Vietnam count them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """What was counted in a week."""

    first_on: date
    count: int


def first_day_of(*, weeks: int, today: date) -> date:
    """The Monday that begins so many weeks, the last of them today's."""
    assert weeks > 0, weeks
    return today - timedelta(days=today.weekday()) - (weeks - 1) * _WEEK


def by_week(counted: Mapping[date, int], *, weeks: int, today: date) -> list[Week]:
    """The latest weeks, the earliest first; today's is not over. Weeks of nothing count 0."""
    first = first_day_of(weeks=weeks, today=today)
    sums = [0] * weeks
    for day, count in counted.items():
        at = (day - first) // _WEEK
        if 0 <= at < weeks:
            sums[at] += count
    return [Week(first + at * _WEEK, count) for at, count in enumerate(sums)]
