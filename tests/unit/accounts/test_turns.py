from datetime import date

import pytest

from accounts.turns import Level, Served, Turn, days_left, is_on_time, turn

MONDAY = date(2026, 11, 16)
BOTH = Served(commune=True, province=True)


@pytest.mark.parametrize(
    ("served", "today", "expected"),
    [
        (BOTH, 16, Turn(Level.COMMUNE, date(2026, 11, 18), is_late=False)),
        (BOTH, 18, Turn(Level.COMMUNE, date(2026, 11, 18), is_late=False)),
        (BOTH, 19, Turn(Level.PROVINCE, date(2026, 11, 20), is_late=False)),
        (BOTH, 20, Turn(Level.PROVINCE, date(2026, 11, 20), is_late=False)),
        (BOTH, 21, Turn(Level.COUNTRY, date(2026, 11, 24), is_late=False)),
        (BOTH, 24, Turn(Level.COUNTRY, date(2026, 11, 24), is_late=False)),
        (BOTH, 25, Turn(Level.COUNTRY, date(2026, 11, 24), is_late=True)),
        (Served(False, True), 16, Turn(Level.PROVINCE, date(2026, 11, 18), is_late=False)),
        (Served(False, True), 19, Turn(Level.COUNTRY, date(2026, 11, 20), is_late=False)),
        (Served(True, False), 19, Turn(Level.COUNTRY, date(2026, 11, 20), is_late=False)),
        (Served(False, False), 16, Turn(Level.COUNTRY, date(2026, 11, 18), is_late=False)),
        (Served(False, False), 19, Turn(Level.COUNTRY, date(2026, 11, 18), is_late=True)),
    ],
)
def test_each_office_has_two_working_days_and_one_nobody_holds_none(
    served: Served, today: int, expected: Turn
) -> None:
    assert turn(MONDAY, today=date(2026, 11, today), served=served) == expected


def test_an_answer_is_in_time_within_the_two_days_promised() -> None:
    assert is_on_time(MONDAY, date(2026, 11, 18))
    assert not is_on_time(MONDAY, date(2026, 11, 19))


def test_an_answer_comes_before_on_or_after_the_last_day_promised() -> None:
    assert days_left(MONDAY, date(2026, 11, 16)) == 2
    assert days_left(MONDAY, date(2026, 11, 18)) == 0
    assert days_left(MONDAY, date(2026, 11, 20)) == -2
