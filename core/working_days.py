"""Working days of public offices: Monday to Friday but for the public holidays (dated data).

`reference/holidays.csv` names each holiday with its source; a day with `is_fixed` = no waits for
the yearly announcement. Pure: whoever asks says which day it is.
"""

import csv
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from functools import cache
from pathlib import Path

HOLIDAYS = Path(__file__).resolve().parent / "reference" / "holidays.csv"
_SATURDAY = 5
_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether public offices work on this day."""
    return day.weekday() < _SATURDAY and day not in _holidays()


def working_day_after(day: date, count: int) -> date:
    """The last of the `count` working days that follow `day`."""
    assert count >= 0, count
    while count:
        day += _DAY
        count -= is_working_day(day)
    return day


def first_day_within(today: date, count: int) -> date:
    """The earliest day whose `count` following working days are not over before `today`."""
    day = today
    while working_day_after(day - _DAY, count) >= today:
        day -= _DAY
    return day


@cache
def _holidays() -> AbstractSet[date]:
    with HOLIDAYS.open(encoding="utf-8", newline="") as file:
        return frozenset(date.fromisoformat(row["day"]) for row in csv.DictReader(file))
