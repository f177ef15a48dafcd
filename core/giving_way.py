"""Giving way at SQLite's one writer, for work that goes in pieces."""

from collections.abc import Callable
from time import sleep

from core.database import writing_engine

# Who waits for the writer asks again every two milliseconds (`core/sqlite.py`): of these at least a
# few fall into the rest even where a full machine lets the waiter run late.
REST_SECONDS = 0.025


def let_others_write() -> None:
    """Rest between two pieces on SQLite; PostgreSQL has room for all."""
    if writing_engine().dialect.name == "sqlite":
        sleep(REST_SECONDS)


def in_turns(do_piece: Callable[[], bool]) -> None:
    """Do a piece, each in a transaction of its own, while it says that there may be more.

    Between two of them others have their turn to write.
    """
    while do_piece():
        let_others_write()
