from datetime import date

from traceability.rules import Week, by_week, first_day_of

SUNDAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 23)


def test_a_week_begins_on_monday() -> None:
    assert first_day_of(weeks=1, today=SUNDAY) == date(2026, 11, 16)
    assert first_day_of(weeks=1, today=MONDAY) == MONDAY
    assert first_day_of(weeks=8, today=SUNDAY) == date(2026, 9, 28)


def test_days_are_put_into_their_weeks_and_empty_weeks_count_nothing() -> None:
    counted = {date(2026, 11, 2): 3, date(2026, 11, 8): 4, date(2026, 11, 16): 1, SUNDAY: 5}

    assert by_week(counted, weeks=3, today=SUNDAY) == [
        Week(date(2026, 11, 2), 7),
        Week(date(2026, 11, 9), 0),
        Week(date(2026, 11, 16), 6),
    ]


def test_days_before_and_after_the_weeks_are_left_out() -> None:
    counted = {date(2026, 11, 8): 3, MONDAY: 4}

    assert by_week(counted, weeks=2, today=SUNDAY) == [
        Week(date(2026, 11, 9), 0),
        Week(date(2026, 11, 16), 0),
    ]
