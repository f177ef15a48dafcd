from datetime import UTC, datetime, timedelta

import pytest

from traceability.rules import Act, Range, StampState, merged, sheet_pieces

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)


def void(first: int, last: int, *, hour: int) -> Range:
    return Range(first, last, Act(StampState.VOID, AT + timedelta(hours=hour)))


@pytest.mark.parametrize(
    ("number", "pieces"),
    [(1, [(1, 4)]), (2, [(5, 8)]), (3, [(9, 10)]), (4, []), (0, []), (-1, [])],
)
def test_a_sheet_bears_the_stamps_in_their_order(number: int, pieces: list[object]) -> None:
    assert sheet_pieces((1, 10), [], counted=10, labels=4, number=number) == pieces


def test_stamps_cancelled_before_the_drawing_are_on_no_sheet() -> None:
    voided = [void(2, 3, hour=1)]

    assert sheet_pieces((1, 10), voided, counted=8, labels=4, number=1) == [(1, 1), (4, 6)]


def test_stamps_cancelled_after_the_drawing_are_on_their_sheet_still() -> None:
    voided = [void(2, 3, hour=5), void(6, 6, hour=1)]

    assert sheet_pieces((1, 10), voided, counted=9, labels=4, number=1) == [(1, 4)]
    assert sheet_pieces((1, 10), voided, counted=9, labels=4, number=2) == [(5, 5), (7, 9)]


def test_nobody_tells_a_sheet_of_a_file_whose_count_fits_no_moment() -> None:
    voided = [void(2, 2, hour=1), void(5, 5, hour=1)]

    assert sheet_pieces((1, 10), voided, counted=9, labels=4, number=1) == []
    assert sheet_pieces((1, 10), [], counted=9, labels=4, number=1) == []


def test_pieces_that_touch_or_overlap_are_one() -> None:
    assert merged([(7, 9), (1, 2), (3, 3), (8, 12), (2, 2)]) == [(1, 3), (7, 12)]
    assert merged([]) == []
