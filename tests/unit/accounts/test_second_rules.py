from datetime import UTC, datetime, timedelta

import pytest

from accounts.second_rules import is_confirmed

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "counts"),
    [
        (timedelta(0), True),
        (timedelta(minutes=10, seconds=-1), True),
        (timedelta(minutes=10), False),
        (timedelta(seconds=-2), True),  # Noted by another machine, whose clock is a little ahead.
        (timedelta(days=-2), False),  # Noted while the clock was wrong.
    ],
)
def test_what_was_shown_counts_for_ten_minutes_by_any_clock(
    ago: timedelta, *, counts: bool
) -> None:
    assert is_confirmed(NOW - ago, NOW) is counts


def test_who_showed_nothing_has_not_confirmed() -> None:
    assert not is_confirmed(None, NOW)
