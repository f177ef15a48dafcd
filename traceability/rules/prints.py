"""Which stamps a printed sheet bears, and stamps named one by one as pieces of a batch."""

from collections.abc import Iterable
from itertools import groupby

from traceability.rules.ranges import Range

Piece = tuple[int, int]  # The first and the last ordinal, both included.


def sheet_pieces(
    drawn: Piece, voided: Iterable[Range], *, counted: int, labels: int, number: int
) -> list[Piece]:
    """Give the stamps of sheet `number` of a print of the ordinals `drawn`, `labels` to a sheet.

    Stamps cancelled before the drawing are on no sheet; `voided` are those cancelled by now, and
    how many labels were `counted` in the file tells which of them were cancelled before. Empty:
    there is no such sheet, or what was cancelled at one moment was drawn in part.
    """
    left = set(range(drawn[0], drawn[1] + 1))
    by_time = sorted(voided, key=lambda each: each.act.from_at)
    for _, together in groupby(by_time, key=lambda each: each.act.from_at):
        if len(left) <= counted:
            break
        for each in together:
            left.difference_update(range(each.first, each.last + 1))
    if len(left) != counted or number < 1:
        return []
    return pieces_of(sorted(left)[(number - 1) * labels : number * labels])


def pieces_of(ordinals: Iterable[int]) -> list[Piece]:
    """Give ordinals as pieces, ascending: neighbours are one."""
    return merged((each, each) for each in ordinals)


def merged(pieces: Iterable[Piece]) -> list[Piece]:
    """Give pieces ascending, those that touch or overlap as one: nothing is named twice."""
    found: list[Piece] = []
    for first, last in sorted(pieces):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found
