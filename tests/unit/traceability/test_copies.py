from dataclasses import replace

import pytest

from traceability.rules.copies import (
    ALARM_POINTS,
    CopyFacts,
    Evidence,
    Finding,
    Level,
    Reason,
    Seen,
    find_copy,
    points,
    sightings,
)

UNUSUAL = CopyFacts(sightings=(2.0, 15.0, 31.0))  # 3 for being late, 1 for the pause, 2 for two.
USUAL = CopyFacts(sightings=(2.0, 3.0, 3.5))


def test_somebody_new_has_another_browser_on_another_network() -> None:
    checks = [
        Seen(1.0, "home", "phone"),
        Seen(2.0, "gateway", "phone"),  # The same phone on the move.
        Seen(2.5, "home", "tablet"),  # The family at home.
        Seen(3.0, "gateway", "other"),  # Behind a gateway already seen: not told apart.
        Seen(9.0, "far", "another"),
        Seen(9.5, None, None),  # Forgotten after 180 days.
    ]

    assert sightings(checks) == (1.0, 9.0)


@pytest.mark.parametrize(
    ("days", "given"),
    [
        ((), 0),
        ((70.0,), 0),
        ((1.0, 13.9), 1),
        ((5.0, 14.0), 1),
        ((11.0, 20.0), 2),
        ((11.0, 20.9, 30.0), 5),
        ((31.0, 32.0), 3),
        ((44.0, 45.0), 4),
        ((59.0, 60.0), 6),
        ((1.0, 4.0, 7.0), 0),
        ((1.0, 4.1, 7.2), 2),
    ],
)
def test_points_come_from_late_ones_and_from_pauses(days: tuple[float, ...], given: int) -> None:
    assert points(CopyFacts(sightings=days)) == given


@pytest.mark.parametrize(
    ("days", "given"),
    [
        ((39.5, 40.0), 0),  # Its buyer's, though late: 3 − 3.
        ((38.9, 40.0), 1),  # Somebody looked more than a day before the sale.
        ((40.0, 48.1), 4),
        ((40.0, 65.1), 9),  # 6 for being late, 1 for the pause, 3 and 2 after the sale, less 3.
    ],
)
def test_checks_around_a_recorded_sale_are_its_buyers(days: tuple[float, ...], given: int) -> None:
    assert points(CopyFacts(sightings=days, sold_day=40.0)) == given


def test_two_who_look_after_the_family_had_time_to_give_a_point() -> None:
    bought = CopyFacts(sightings=(5.0, 7.5, 8.0), first_claim_day=5.0)

    assert points(bought) == 1
    assert points(replace(bought, sightings=(5.0, 6.9, 8.0))) == 0


def test_counted_pages_alone_end_at_attentive_however_many() -> None:
    smeared = CopyFacts(sightings=tuple(float(day) for day in range(200)), first_claim_day=3.0)

    found = find_copy(smeared)

    assert found == Finding(Level.ATTENTIVE, (Reason.SIGHTINGS, Reason.AFTER_CLAIM))


def test_places_named_without_a_photo_do_not_make_a_number_suspicious() -> None:
    assert (
        find_copy(replace(UNUSUAL, evidence=Evidence(provinces_named=34))).level is Level.ATTENTIVE
    )


def test_a_photo_and_two_provinces_named_beside_unusual_checks_are_suspicious() -> None:
    found = find_copy(replace(UNUSUAL, evidence=Evidence(True, 2)))
    calm = find_copy(replace(USUAL, evidence=Evidence(True, 2)))

    assert found == Finding(Level.SUSPICIOUS, (Reason.PATTERN, Reason.SIGHTINGS))
    assert calm == Finding(Level.NONE)


def test_a_code_scratched_by_three_is_suspicious_however_few_looked() -> None:
    assert find_copy(CopyFacts(times_code_again=2)) == Finding(
        Level.SUSPICIOUS, (Reason.CODE_AGAIN,)
    )


def test_a_present_scratched_by_giver_and_given_stays_as_its_checks_are() -> None:
    assert find_copy(replace(UNUSUAL, times_code_again=1)).level is Level.ATTENTIVE
    assert find_copy(replace(USUAL, times_code_again=1)).level is Level.NONE


def test_a_photo_with_one_province_named_stays_attentive() -> None:
    photo = replace(UNUSUAL, evidence=Evidence(True, 1))

    assert find_copy(photo).level is Level.ATTENTIVE


def test_a_confirmed_case_is_suspicious_without_any_check() -> None:
    assert find_copy(CopyFacts(has_confirmed_case=True)) == Finding(
        Level.SUSPICIOUS, (Reason.CASE,)
    )


def test_the_alarm_rings_at_its_points_not_below() -> None:
    assert points(CopyFacts(sightings=(44.0, 45.0))) == ALARM_POINTS
    assert find_copy(CopyFacts(sightings=(44.0, 45.0))).level is Level.ATTENTIVE
    assert find_copy(CopyFacts(sightings=(43.0, 44.9))).level is Level.NONE


def test_a_finding_at_the_sale_names_the_sale() -> None:
    after = CopyFacts(sightings=(20.0, 40.0), sold_day=20.0)

    assert find_copy(after) == Finding(Level.ATTENTIVE, (Reason.AROUND_SALE, Reason.SIGHTINGS))
