from datetime import date, timedelta

import pytest

from core.gs1 import dates


def test_every_day_of_four_years_exists() -> None:
    days = [date(2024, 1, 1) + timedelta(number) for number in range(4 * 365 + 1)]

    assert [day for day in days if not dates.is_day(f"{day:%y%m%d}")] == []
    assert [day for day in days if not dates.is_day_or_month(f"{day:%y%m%d}")] == []
    assert [day for day in days if not dates.is_full_day(f"{day:%Y%m%d}")] == []


@pytest.mark.parametrize(
    "text",
    ["260001", "261301", "260132", "260230", "250229", "260431", "260631", "260931", "261131"],
)
def test_a_day_no_calendar_has_is_none(text: str) -> None:
    assert not dates.is_day(text)
    assert not dates.is_day_or_month(text)
    assert not dates.is_full_day(f"20{text}")


def test_a_day_may_be_left_open_only_where_that_is_allowed() -> None:
    assert dates.is_day_or_month("261200")
    assert not dates.is_day_or_month("260000")
    assert not dates.is_day_or_month("261300")
    assert not dates.is_day("261200")
    assert not dates.is_full_day("20261200")


def test_years_that_four_divides_are_leap_but_for_full_centuries() -> None:
    assert dates.is_day("000229")
    assert dates.is_day("960229")
    assert not dates.is_day("990229")
    assert dates.is_full_day("20000229")
    assert not dates.is_full_day("19000229")


@pytest.mark.parametrize(
    ("text", "fits"),
    [("0000", True), ("2359", True), ("2400", False), ("2360", False), ("0960", False)],
)
def test_a_time_of_day_ends_before_midnight(text: str, fits: bool) -> None:  # noqa: FBT001  # What is asked.
    assert dates.is_hour_and_minute(text) is fits
