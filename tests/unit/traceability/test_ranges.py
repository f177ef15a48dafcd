from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from traceability.rules import Act, Range, StampState, VoidReason, split, within

BEGUN = datetime(2026, 11, 10, tzinfo=UTC)
LATER = datetime(2026, 11, 12, tzinfo=UTC)
PRINTED = Act(StampState.PRINTED, BEGUN)
ACTIVE = Act(StampState.ACTIVE, LATER, by_person_id=7)
VOID = Act(StampState.VOID, LATER, by_person_id=7, reason=VoidReason.SPOILED)
ACTS = st.sampled_from([PRINTED, ACTIVE, VOID])
PLACES = st.tuples(st.integers(1, 60), st.integers(1, 60)).map(sorted)


def test_an_act_on_the_middle_splits_a_range_in_three() -> None:
    assert split([Range(1, 640, PRINTED)], 100, 199, ACTIVE) == [
        Range(1, 99, PRINTED),
        Range(100, 199, ACTIVE),
        Range(200, 640, PRINTED),
    ]


def test_a_single_stamp_is_a_range_of_one() -> None:
    assert split([Range(1, 3, ACTIVE)], 3, 3, VOID) == [Range(1, 2, ACTIVE), Range(3, 3, VOID)]
    assert len(Range(3, 3, VOID)) == 1
    assert len(Range(1, 640, PRINTED)) == 640


def test_equal_neighbours_merge() -> None:
    halves = split([Range(1, 10, PRINTED)], 1, 5, ACTIVE)

    assert split(halves, 6, 10, ACTIVE) == [Range(1, 10, ACTIVE)]


def test_neighbours_of_another_time_reason_or_person_stay_apart() -> None:
    lost = Act(StampState.VOID, LATER, by_person_id=7, reason=VoidReason.LOST)
    other = Act(StampState.VOID, LATER, by_person_id=8, reason=VoidReason.SPOILED)
    sooner = Act(StampState.VOID, BEGUN, by_person_id=7, reason=VoidReason.SPOILED)

    for act in (lost, other, sooner):
        assert split([Range(1, 2, VOID)], 2, 2, act) == [Range(1, 1, VOID), Range(2, 2, act)]


def test_what_was_never_issued_gets_no_range() -> None:
    assert split([Range(1, 5, PRINTED)], 4, 9, ACTIVE) == [
        Range(1, 3, PRINTED),
        Range(4, 5, ACTIVE),
    ]
    assert split([Range(1, 5, PRINTED)], 6, 9, ACTIVE) == [Range(1, 5, PRINTED)]
    assert split([], 1, 9, ACTIVE) == []


def test_the_parts_within_bounds_are_cut_to_them() -> None:
    ranges = [Range(1, 3, ACTIVE), Range(4, 9, PRINTED), Range(10, 12, VOID)]

    assert within(ranges, 3, 10) == [Range(3, 3, ACTIVE), Range(4, 9, PRINTED), Range(10, 10, VOID)]
    assert within(ranges, 13, 20) == []


@given(st.lists(st.tuples(PLACES, ACTS), max_size=12), st.integers(1, 60))
def test_after_any_acts_each_stamp_has_its_last_act_and_ranges_are_as_few_as_can_be(
    acts: list[tuple[list[int], Act]], size: int
) -> None:
    ranges = [Range(1, size, PRINTED)]
    single = dict.fromkeys(range(1, size + 1), PRINTED)
    for (first, last), act in acts:
        ranges = split(ranges, first, last, act)
        single |= {place: act for place in single if first <= place <= last}

    assert {place: each.act for each in ranges for place in range(each.first, each.last + 1)} == (
        single
    )
    assert sum(len(each) for each in ranges) == size
    changes = sum(single[place] != single[place + 1] for place in range(1, size))
    assert len(ranges) == changes + 1
    assert [each.first for each in ranges] == sorted(each.first for each in ranges)
