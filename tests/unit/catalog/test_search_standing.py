from datetime import date

from catalog.rules import RecognitionFacts
from catalog.search.standing import STANDINGS, Period, expanded, periods, standing_on

DATED = RecognitionFacts(
    stage="recognised",
    stars=4,
    decision="385/QĐ-UBND",
    authority="UBND tỉnh Vĩnh Phúc",
    decided_on=date(2024, 2, 17),
)


def test_stars_hold_from_the_decision_until_the_day_36_months_later() -> None:
    assert periods([DATED]) == (
        Period(date.min, "unverified"),
        Period(date(2024, 2, 17), "4"),
        Period(date(2027, 2, 17), "lapsed"),
    )


def test_with_a_year_alone_nothing_is_ever_in_force() -> None:
    facts = RecognitionFacts(stage="recognised", stars=3, decided_year=2021)

    assert periods([facts]) == (
        Period(date.min, "unverified"),
        Period(date(2025, 1, 1), "lapsed"),
    )


def test_of_two_recognitions_in_force_the_higher_one_shows() -> None:
    older = RecognitionFacts(
        stage="recognised",
        stars=3,
        decision="12/QĐ-UBND",
        authority="UBND huyện",
        decided_on=date(2023, 12, 1),
    )

    assert standing_on([older, DATED], date(2024, 2, 16)) == "3"
    assert standing_on([older, DATED], date(2024, 2, 17)) == "4"


def test_a_product_without_any_recognition_has_one_period_for_ever() -> None:
    assert periods([]) == (Period(date.min, "none"),)


def test_the_facet_has_nine_values_and_in_force_means_the_five_of_stars() -> None:
    assert STANDINGS == ("5", "4", "3", "2", "1", "unverified", "lapsed", "filed", "none")
    assert expanded(["in_force", "filed"]) >= {"5", "4", "3", "2", "1", "filed"}
    assert "unverified" not in expanded(["in_force"])


def test_a_year_beyond_the_calendar_makes_no_turning_day() -> None:
    facts = RecognitionFacts(stage="recognised", stars=3, decided_year=9999)

    assert periods([facts]) == (Period(date.min, "unverified"),)
