import pytest

from traceability.rules import Piece, overlapping


@pytest.mark.parametrize(
    ("others", "living", "shared"),
    [
        ([], [(1, 100)], []),
        ([(1, 9)], [(1, 100)], []),
        ([(1, 10)], [(1, 100)], [(10, 10)]),
        ([(20, 30)], [(1, 100)], [(20, 20)]),
        ([(1, 100)], [(1, 12), (18, 100)], [(10, 12), (18, 20)]),
        ([(9, 12), (11, 14)], [(1, 100)], [(10, 14)]),
        ([(1, 100)], [], []),
    ],
    ids=["none", "before", "touching", "at the end", "cancelled between", "twice", "all cancelled"],
)
def test_what_is_on_other_files_too_and_not_cancelled(
    others: list[Piece], living: list[Piece], shared: list[Piece]
) -> None:
    assert overlapping((10, 20), others, living) == shared
