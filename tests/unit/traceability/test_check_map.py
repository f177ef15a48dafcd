from datetime import date, timedelta

from core.places import provinces
from traceability.rules import (
    ISLAND_SQUARES,
    MAP_DAYS,
    PROVINCE_SQUARES,
    Day,
    NamedPlace,
    Told,
    by_province,
    days_until,
    named_communes,
    told_places,
)

TODAY = date(2026, 11, 22)


def test_every_province_has_a_square_of_its_own() -> None:
    squares = [*PROVINCE_SQUARES.values(), *ISLAND_SQUARES.values()]

    assert set(PROVINCE_SQUARES) == set(provinces())
    assert len(set(squares)) == len(squares) == 36


def test_few_are_not_told_apart_by_number_or_order() -> None:
    named = ["b"] * 4 + ["a"] + ["c"] * 5 + ["d"] * 20

    told = told_places(named)

    assert list(told.items()) == [
        ("d", Told(20)),
        ("c", Told(5)),
        ("a", Told(None)),
        ("b", Told(None)),
    ]
    assert [each.shade for each in told.values()] == ["many", "some", "few", "few"]
    assert Told(0).shade == "none"


def test_a_commune_named_seldom_tells_no_day_and_a_day_of_few_is_told_of_none() -> None:
    days = [TODAY - timedelta(days=ago) for ago in range(10)]
    often = [("a", days[9]), ("a", days[1]), *[("a", days[4])] * 5]
    seldom = [("b", days[2])] * 4

    found = named_communes([*seldom, *often])

    assert found == [
        NamedPlace("a", Told(7), days[9], days[1], (days[4],)),
        NamedPlace("b", Told(None)),
    ]


def test_communes_lie_under_their_provinces_the_most_named_first() -> None:
    first, second, third = (NamedPlace(code, Told(None)) for code in "abc")

    laid = by_province([first, second, third], {"a": "48", "b": "92", "c": "48"})

    assert list(laid.items()) == [("48", [first, third]), ("92", [second])]


def test_a_part_is_told_in_bands_alone() -> None:
    assert [Told(count).band for count in (None, 0, 5, 19, 20)] == ["<5", "0", "5+", "5+", "20+"]


def test_the_days_end_today_and_those_of_nothing_count_zero() -> None:
    yesterday = TODAY - timedelta(days=1)
    long_ago = TODAY - timedelta(days=MAP_DAYS)

    days = days_until(TODAY, {TODAY: 3, long_ago: 9}, {yesterday: 1})

    assert len(days) == MAP_DAYS
    assert days[0] == Day(long_ago + timedelta(days=1), 0, 0)
    assert days[-2:] == [Day(yesterday, 0, 1), Day(TODAY, 3, 0)]
