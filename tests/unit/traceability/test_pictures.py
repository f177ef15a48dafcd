import pytest

from traceability.rules import COLUMNS, Stretch, stretches


@pytest.mark.parametrize(
    ("pieces", "count", "drawn"),
    [
        pytest.param([(1, 1_000)], 1_000, [Stretch(0, COLUMNS)], id="the whole"),
        pytest.param([], 1_000, [], id="nothing"),
        pytest.param([(1, 1)], 1_000_000, [Stretch(0, 1)], id="one of a million is seen"),
        pytest.param([(1_000_000, 1_000_000)], 1_000_000, [Stretch(239, 1)], id="the last"),
        pytest.param([(2, 2)], 2, [Stretch(120, 120)], id="half"),
        pytest.param([(51, 100), (1, 25)], 100, [Stretch(0, 60), Stretch(120, 120)], id="unsorted"),
        pytest.param([(1, 40), (30, 50)], 100, [Stretch(0, 120)], id="overlapping"),
    ],
)
def test_ranges_are_drawn_where_they_lie(
    pieces: list[tuple[int, int]], count: int, drawn: list[Stretch]
) -> None:
    assert stretches(pieces, count) == drawn


def test_a_batch_in_a_hundred_thousand_pieces_is_a_small_picture() -> None:
    scattered = [(at, at) for at in range(1, 200_000, 2)]

    assert stretches(scattered, 200_000) == [Stretch(0, COLUMNS)]
