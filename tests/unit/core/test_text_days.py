from datetime import date

import pytest

from core.text.days import day
from core.text.refusal import Unreadable


@pytest.mark.parametrize(
    "typed",
    [
        *("5/11/26", "05-11-2026", "2026-11-05", "5.11.2026", "5 11 2026", "５/１１/２６"),
        *("2026/11/5", "5 / 11 / 2026", "ngày 5 tháng 11 năm 2026", "5 tháng 11, 2026"),
        *("5 November 2026", "05 nov 2026", "5 Nov. 2026"),
    ],
)
def test_a_day_is_understood(typed: str) -> None:
    assert day(typed) == date(2026, 11, 5)


def test_two_digit_years_are_of_this_century() -> None:
    assert day("1/1/00") == date(2000, 1, 1)
    assert day("31/12/99") == date(2099, 12, 31)
    assert day("1/1/0001") == date(1, 1, 1)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("5/11", "day_year_missing"),
        ("31/2/2026", "day_impossible"),
        ("11/13/2026", "day_impossible"),
        ("1/1/0000", "day_impossible"),
        ("05112026", "day_unreadable"),
        ("5/11-2026", "day_unreadable"),
        ("5/11/026", "day_unreadable"),
        ("hôm qua", "day_unreadable"),
        ("5 ma 2026", "day_unreadable"),
        ("5 thang 2026", "day_unreadable"),
        ("", "empty"),
        ("5/11/26" * 2_000, "too_long"),
    ],
)
def test_an_unclear_day_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        day(typed)

    assert refused.value.code == code
