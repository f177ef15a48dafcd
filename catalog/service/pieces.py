"""Long lists written in pieces: on SQLite no transaction may hold the writer for long."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TypeVar

from core import clock
from core.work import Work

# Of work in one transaction. The bound is 0.25 s: a commit comes on top, and a busy machine.
LONGEST_SECONDS = 0.06
FEWEST, MOST = 20, 500  # Rows of a piece: fewer cost more in transactions than they spare.

Row = TypeVar("Row")


def in_pieces(
    rows: Sequence[Row],
    begin: Callable[[], AbstractContextManager[Work]],
    write: Callable[[Work, Sequence[Row]], None],
) -> Iterator[int]:
    """Write all rows, so many in a transaction as take LONGEST_SECONDS; yields how many are done.

    The size follows what the last piece took: rows that are entered go by hundreds, rows that
    change something stored by dozens.
    """
    done, size = 0, FEWEST
    while done < len(rows):
        piece = rows[done : done + size]
        with begin() as work:
            began = clock.steady_seconds()
            write(work, piece)
            took = clock.steady_seconds() - began
        done += len(piece)
        size = next_size(len(piece), took)
        yield done


def next_size(rows: int, took_seconds: float) -> int:
    """How many rows the next piece has, by what the last took: at most twice as many."""
    fits = int(rows * LONGEST_SECONDS / max(took_seconds, 0.001))
    return max(FEWEST, min(fits, 2 * rows, MOST))
