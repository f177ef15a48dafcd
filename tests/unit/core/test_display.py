from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import display
from core.text.amounts import Amount, BaseUnit, amount
from core.text.days import day as typed_day
from core.text.dong import dong
from core.text.numbers import count
from core.text.set82 import set82

LOCALES = st.sampled_from(["vi", "en"])
# 18:05 on 20 November in Việt Nam; the day after, 9:14 in the morning.
EVENING = datetime(2026, 11, 20, 11, 5, tzinfo=UTC)
MORNING_AFTER = datetime(2026, 11, 21, 2, 14, tzinfo=UTC)


def test_money_is_whole_dong_kept_on_one_line() -> None:
    assert display.vnd(150_000, "vi") == "150.000\u00a0₫"
    assert display.vnd(1_500_000, "en") == "1,500,000\u00a0₫"
    assert display.vnd(0, "vi") == "0\u00a0₫"


def test_a_unit_price_names_its_unit() -> None:
    assert display.unit_price(150_000, 200, "g", "vi") == "750.000\u00a0₫/kg"
    assert display.unit_price(35_000, 500, "ml", "vi") == "70.000\u00a0₫/lít"
    assert display.unit_price(35_000, 500, "ml", "en") == "70,000\u00a0₫/litre"
    assert display.unit_price(90_000, 6, "piece", "vi") == "15.000\u00a0₫/cái"


@pytest.mark.parametrize(
    ("content", "base_unit", "vietnamese", "english"),
    [
        (200, "g", "200 g", "200 g"),
        (1_000, "g", "1 kg", "1 kg"),
        (1_500, "g", "1,5 kg", "1.5 kg"),
        (1_250, "g", "1,25 kg", "1.25 kg"),
        (1_234, "g", "1.234 g", "1,234 g"),
        (1_500_000, "g", "1.500 kg", "1,500 kg"),
        (500, "ml", "500 ml", "500 ml"),
        (750_000, "ml", "750 lít", "750 l"),
        (1, "piece", "1 cái", "1 piece"),
        (1_200, "piece", "1.200 cái", "1,200 pieces"),
    ],
)
def test_an_amount_is_shown_in_its_handiest_unit(
    content: int, base_unit: str, vietnamese: str, english: str
) -> None:
    assert display.measure(content, base_unit, "vi") == vietnamese.replace(" ", "\u00a0")
    assert display.measure(content, base_unit, "en") == english.replace(" ", "\u00a0")


def test_days_and_times_are_those_of_viet_nam() -> None:
    late = datetime(2026, 11, 19, 17, 30, tzinfo=UTC)

    assert display.day(date(2026, 11, 2), "vi") == "02/11/2026"
    assert display.day(date(2026, 11, 2), "en") == "2 November 2026"
    assert display.clock(MORNING_AFTER, "vi") == "9:14"
    assert display.clock(MORNING_AFTER, "en") == "09:14"
    assert display.clock_and_day(late, "vi") == "0:30 ngày 20/11/2026"
    assert display.clock_and_day(late, "en") == "00:30, 20 November 2026"


def test_the_first_of_two_days_leaves_out_what_both_share() -> None:
    until = date(2026, 11, 20)

    assert display.first_day(date(2026, 11, 2), until, "vi") == "02/11/2026"
    assert display.first_day(date(2026, 11, 2), until, "en") == "2"
    assert display.first_day(date(2026, 10, 2), until, "en") == "2 October"
    assert display.first_day(date(2025, 11, 2), until, "en") == "2 November 2025"
    assert display.day_of_month(date(2026, 11, 2), "en") == "2 November"


def test_a_recent_moment_is_said_as_people_say_it() -> None:
    assert display.recent(EVENING, MORNING_AFTER, "vi") == "18:05 hôm qua"
    assert display.recent(EVENING, MORNING_AFTER, "en") == "yesterday 18:05"
    assert display.recent(EVENING, EVENING + timedelta(hours=2), "vi") == "18:05 hôm nay"
    assert display.recent(EVENING, EVENING + timedelta(hours=2), "en") == "today 18:05"
    assert display.recent(EVENING, EVENING + timedelta(days=2), "vi") == "18:05 ngày 20/11/2026"


def test_a_moment_is_told_to_the_minute_for_seven_days() -> None:
    seven_days_on = EVENING + timedelta(days=7)

    assert display.earlier(EVENING, seven_days_on, "vi") == "18:05 ngày 20/11/2026"
    assert display.earlier(EVENING, seven_days_on + timedelta(seconds=1), "vi") == "20/11/2026"


@pytest.mark.parametrize(
    ("passed", "vietnamese", "english"),
    [
        (timedelta(seconds=-5), "1 phút", "1 minute"),
        (timedelta(seconds=59), "1 phút", "1 minute"),
        (timedelta(minutes=12, seconds=59), "12 phút", "12 minutes"),
        (timedelta(minutes=60), "1 giờ", "1 hour"),
        (timedelta(minutes=119), "1 giờ", "1 hour"),
        (timedelta(hours=49), "2 ngày", "2 days"),
    ],
)
def test_how_long_ago_is_told_in_whole_units(
    passed: timedelta, vietnamese: str, english: str
) -> None:
    assert display.ago(EVENING, EVENING + passed, "vi") == vietnamese
    assert display.ago(EVENING, EVENING + passed, "en") == english


def test_serials_and_lot_codes_stay_on_one_line() -> None:
    assert display.serial("7K3MQ9T2XB40G") == "7K3M\u00a0Q9T2\u00a0XB40G"
    assert display.lot_code("Lô 26-11A") == "Lô\u00a026\u201111A"
    assert set82(display.lot_code("Lô 26-11A")) == set82("Lô 26-11A") == "Lo-26-11A"


@given(st.integers(0, 10**12), LOCALES)
def test_what_money_shows_is_understood_again(amount_vnd: int, locale: str) -> None:
    assert dong(display.vnd(amount_vnd, locale)) == amount_vnd


@given(st.integers(0, 10**9), LOCALES)
def test_what_a_count_shows_is_understood_again(value: int, locale: str) -> None:
    assert count(display.number(value, locale)) == value


@given(st.integers(0, 999_999), st.sampled_from(["g", "ml", "piece"]), LOCALES)
def test_what_an_amount_shows_is_understood_again(
    content: int, base_unit: BaseUnit, locale: str
) -> None:
    # From a tonne on "1.500 kg" is shown, which typed would be asked about.
    assert amount(display.measure(content, base_unit, locale)) == Amount(content, base_unit)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), LOCALES)
def test_what_a_day_shows_is_understood_again(value: date, locale: str) -> None:
    assert typed_day(display.day(value, locale)) == value
