import csv
from datetime import date, timedelta

import pytest

from core.working_days import HOLIDAYS, first_day_within, is_working_day, working_day_after


@pytest.mark.parametrize(
    ("day", "count", "end"),
    [
        (date(2026, 11, 17), 0, date(2026, 11, 17)),
        (date(2026, 11, 17), 2, date(2026, 11, 19)),  # Tuesday to Thursday.
        (date(2026, 11, 19), 2, date(2026, 11, 23)),  # Over a weekend.
        (date(2026, 11, 21), 2, date(2026, 11, 24)),  # Sent on a Saturday.
        (date(2026, 4, 24), 2, date(2026, 4, 29)),  # Monday makes up for the Hùng kings' day.
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # Over the whole of Tết.
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
    ],
)
def test_weekends_and_holidays_do_not_count(day: date, count: int, end: date) -> None:
    assert working_day_after(day, count) == end


def test_the_first_day_within_is_the_first_whose_days_are_not_over() -> None:
    for ahead in range(500):
        today = date(2026, 1, 5) + timedelta(days=ahead)
        for count in (2, 4):
            first = first_day_within(today, count)
            assert working_day_after(first, count) >= today
            assert working_day_after(first - timedelta(days=1), count) < today


def test_every_holiday_names_its_source_and_falls_on_a_day_of_work() -> None:
    with HOLIDAYS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert [row["day"] for row in rows] == sorted({row["day"] for row in rows})
    for row in rows:
        assert "45/2019/QH14" in row["source"]
        assert row["is_fixed"] in {"yes", "no"}
        day = date.fromisoformat(row["day"])
        assert day.weekday() < 5
        assert not is_working_day(day)
