"""A batch drawn small: where its stamps lie between the first and the last, in a few columns."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

COLUMNS: Final = 240  # A phone's width shows no more, and a batch in pieces stays a small page.


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring columns of a picture that bear stamps."""

    at: int  # The first of them, from 0.
    width: int


def stretches(pieces: Iterable[tuple[int, int]], count: int) -> list[Stretch]:
    """Draw ranges of the ordinals 1 to `count`, both ends included, as columns.

    Each column that bears one of the stamps is full, so a single stamp is seen too. The pieces may
    overlap and come in any order.
    """
    assert count > 0, count
    drawn: list[Stretch] = []
    for first, last in sorted(pieces):
        begin, end = (first - 1) * COLUMNS // count, -(-last * COLUMNS // count)
        before = drawn[-1] if drawn else None
        if before is not None and begin <= before.at + before.width:
            end = max(end, before.at + before.width)
            drawn[-1] = Stretch(before.at, end - before.at)
        else:
            drawn.append(Stretch(begin, end - begin))
    return drawn
