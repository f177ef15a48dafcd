from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from catalog.rules import (
    RecognitionFacts,
    Standing,
    best_standing,
    last_day,
    standing_of,
    valid_until,
)

WHOLE = RecognitionFacts(
    stage="recognised",
    stars=4,
    decision="385/QĐ-UBND",
    authority="UBND tỉnh Vĩnh Phúc",
    decided_on=date(2024, 2, 17),
)
YEAR_ALONE = RecognitionFacts(stage="recognised", stars=3, decided_year=2021)


@pytest.mark.parametrize(
    ("decided_on", "until"),
    [
        (date(2024, 2, 17), date(2027, 2, 16)),
        (date(2024, 1, 1), date(2026, 12, 31)),
        (date(2023, 12, 31), date(2026, 12, 30)),
        (date(2024, 3, 1), date(2027, 2, 28)),
        (date(2024, 2, 29), date(2027, 2, 27)),
        (date(2025, 3, 1), date(2028, 2, 29)),
    ],
)
def test_a_recognition_holds_for_36_months_and_not_a_day_longer(
    decided_on: date, until: date
) -> None:
    assert valid_until(decided_on) == until


def test_the_last_day_on_record_is_taken_before_the_reckoned_one() -> None:
    assert last_day(replace(WHOLE, valid_until=date(2025, 6, 30))) == date(2025, 6, 30)
    assert last_day(WHOLE) == date(2027, 2, 16)
    assert last_day(YEAR_ALONE) is None


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (date(2024, 2, 16), Standing.UNVERIFIED),
        (date(2024, 2, 17), Standing.IN_FORCE),
        (date(2027, 2, 16), Standing.IN_FORCE),
        (date(2027, 2, 17), Standing.LAPSED),
    ],
)
def test_stars_are_in_force_from_the_decision_to_the_last_day(
    today: date, standing: Standing
) -> None:
    assert standing_of(WHOLE, today=today) is standing


@pytest.mark.parametrize(
    "facts",
    [replace(WHOLE, decision=None), replace(WHOLE, authority=None), replace(WHOLE, stars=None)],
)
def test_without_number_authority_or_stars_a_dated_decision_is_to_be_verified(
    facts: RecognitionFacts,
) -> None:
    assert standing_of(facts, today=date(2025, 1, 1)) is Standing.UNVERIFIED
    assert standing_of(facts, today=date(2027, 2, 17)) is Standing.LAPSED


def test_a_last_day_without_the_day_of_the_decision_proves_nothing() -> None:
    facts = replace(WHOLE, decided_on=None, valid_until=date(2027, 2, 16))

    assert standing_of(facts, today=date(2025, 1, 1)) is Standing.UNVERIFIED


def test_a_year_alone_is_never_in_force_and_lapses_four_years_on() -> None:
    assert standing_of(YEAR_ALONE, today=date(2021, 6, 1)) is Standing.UNVERIFIED
    assert standing_of(YEAR_ALONE, today=date(2024, 12, 31)) is Standing.UNVERIFIED
    assert standing_of(YEAR_ALONE, today=date(2025, 1, 1)) is Standing.LAPSED
    assert standing_of(YEAR_ALONE, today=date(2026, 1, 1)) is Standing.LAPSED


def test_without_stars_or_year_it_cannot_be_said_to_have_lapsed() -> None:
    someday = date(2090, 1, 1)

    assert standing_of(replace(YEAR_ALONE, stars=None), today=someday) is Standing.UNVERIFIED
    assert standing_of(replace(YEAR_ALONE, decided_year=None), today=someday) is Standing.UNVERIFIED


@pytest.mark.parametrize(
    ("stage", "standing"),
    [("lapsed", Standing.LAPSED), ("filed", Standing.FILED), ("none", Standing.NONE)],
)
def test_what_was_never_recognised_or_is_said_to_have_lapsed_stays_so_whatever_its_days(
    stage: str, standing: Standing
) -> None:
    assert standing_of(replace(WHOLE, stage=stage), today=date(2025, 1, 1)) is standing


def test_the_strongest_of_several_recognitions_is_shown() -> None:
    filed = RecognitionFacts(stage="filed")
    today = date(2025, 1, 1)

    assert best_standing([filed, YEAR_ALONE], today=today) is Standing.LAPSED
    assert best_standing([YEAR_ALONE, WHOLE, filed], today=today) is Standing.IN_FORCE
    assert best_standing([replace(WHOLE, decision=None), filed], today=today) is Standing.UNVERIFIED
    assert best_standing([], today=today) is Standing.NONE


def test_facts_once_recorded_are_not_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        WHOLE.stars = 5  # type: ignore[misc]  # That it cannot be is the point.
