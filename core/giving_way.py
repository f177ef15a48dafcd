"""Giving way at SQLite's one writer, for work that goes in pieces."""

from time import sleep

from core.database import writing_engine

# Who waits for the writer asks again after 1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50 and then every
# 100 ms (SQLite's busy handler). Pieces without a rest between them left gaps so short that a scan
# missed them again and again: it waited 4 s. Within a tenth of a second no two askings are further
# apart than this, so whoever waits for a piece comes before the next.
REST_SECONDS = 0.025


def let_others_write() -> None:
    """Rest between two pieces on SQLite; PostgreSQL has room for all."""
    if writing_engine().dialect.name == "sqlite":
        sleep(REST_SECONDS)
