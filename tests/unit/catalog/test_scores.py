from datetime import date

import pytest

from catalog.rules import (
    ClaimFault,
    RecognitionFacts,
    Standing,
    claim_fault,
    standing_of,
    stars_of_score,
    valid_until,
)

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("score_hundredths", "stars"),
    [
        (10_000, 5),
        (9000, 5),
        (8999, 4),
        (7000, 4),
        (6999, 3),
        (5000, 3),
        (4999, 2),
        (3000, 2),
        (2999, 1),
        (0, 1),
    ],
)
def test_a_score_reaches_the_stars_of_its_band(score_hundredths: int, stars: int) -> None:
    assert stars_of_score(score_hundredths) == stars


@pytest.mark.parametrize(
    ("stars", "score_hundredths", "decided_on", "fault"),
    [
        (4, 7000, TODAY, None),
        (4, 9564, TODAY, None),  # A score alone is not enough for the fifth star.
        (5, None, TODAY, None),
        (4, 6999, TODAY, ClaimFault.SCORE_TOO_LOW),
        (4, 7000, date(2026, 11, 23), ClaimFault.DECIDED_IN_FUTURE),
        (4, 7000, date(2018, 5, 7), None),
        (4, 7000, date(2018, 5, 6), ClaimFault.DECIDED_TOO_EARLY),
    ],
)
def test_a_claim_that_cannot_be_is_told_why(
    stars: int, score_hundredths: int | None, decided_on: date, fault: ClaimFault | None
) -> None:
    found = claim_fault(
        stars=stars, score_hundredths=score_hundredths, decided_on=decided_on, today=TODAY
    )

    assert found == fault


@pytest.mark.parametrize(
    ("review", "on_the_last_day", "the_day_after"),
    [
        ("source", Standing.IN_FORCE, Standing.LAPSED),
        ("confirmed", Standing.IN_FORCE, Standing.LAPSED),
        ("waiting", Standing.UNVERIFIED, Standing.LAPSED),
        ("refused", Standing.NONE, Standing.NONE),
    ],
)
def test_only_a_confirmed_word_gives_stars_and_for_36_months(
    review: str, on_the_last_day: Standing, the_day_after: Standing
) -> None:
    decided_on = date(2026, 3, 15)
    facts = RecognitionFacts(
        stage="recognised",
        stars=4,
        decision="377/QĐ-UBND",
        authority="UBND tỉnh",
        decided_on=decided_on,
        valid_until=valid_until(decided_on),
        review=review,
    )

    assert facts.valid_until == date(2029, 3, 14)
    assert standing_of(facts, today=date(2029, 3, 14)) is on_the_last_day
    assert standing_of(facts, today=date(2029, 3, 15)) is the_day_after
