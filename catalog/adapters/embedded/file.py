"""The index's file: its tables, and how it is opened for writing and for reading."""

import sqlite3
from pathlib import Path

# Raised when the tables or the tokens change: an index of another format is built anew.
FORMAT = 2
BUSY_TIMEOUT_MS = 5_000

# The `ascii` tokenizer splits at spaces and leaves every letter beyond ASCII alone: tokens come
# from core.text, folded and lower-cased already, and are kept as they are. All fields stand in one
# column, each token behind its field's letter, because with `detail = none` a list of documents is
# read four times as fast as through a column filter; only phrases need places, in their own table.
FIELD_LETTERS = {"name": "n", "exact": "e", "fold": "f", "joined": "j", "prefixes": "p"}
_TABLES = """
CREATE TABLE state (
    id INTEGER PRIMARY KEY CHECK (id = 1), epoch TEXT NOT NULL, revision INTEGER NOT NULL,
    build INTEGER NOT NULL
);
INSERT INTO state (id, epoch, revision, build) VALUES (1, '', 0, 0);
CREATE VIRTUAL TABLE token USING fts5(
    line, tokenize = 'ascii', columnsize = 0, detail = none
);
CREATE VIRTUAL TABLE phrase USING fts5(line, tokenize = 'ascii', columnsize = 0);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(token, 'row');
CREATE TABLE value (
    code INTEGER PRIMARY KEY, facet TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (facet, value)
);
CREATE TABLE fact (
    product_id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, is_removed INTEGER NOT NULL,
    group_code INTEGER, province_code INTEGER, commune_code INTEGER, producer_code INTEGER,
    price_vnd INTEGER, unit_price_vnd INTEGER, quality INTEGER, published_at INTEGER
);
CREATE INDEX ix_fact_revision ON fact (revision);
CREATE TABLE period (
    product_id INTEGER NOT NULL, since_day INTEGER NOT NULL, standing_code INTEGER NOT NULL,
    PRIMARY KEY (product_id, since_day)
) WITHOUT ROWID;
"""


class NoIndexError(Exception):
    """The file is missing, of another format, or damaged: the worker builds it anew."""


def open_for_writing(path: Path) -> sqlite3.Connection:
    """Open the index, made afresh when it is missing, of another format or damaged."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        connection = _opened(path)
        if _format(connection) == FORMAT:
            return connection
        connection.close()
    except sqlite3.OperationalError:  # Busy, or the disk is full: the index may well be sound.
        raise
    except sqlite3.DatabaseError:
        pass  # Damaged.
    discard(path)
    connection = _opened(path)
    connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {FORMAT}; COMMIT;")
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open the index so that nothing can be written.

    Raises:
        NoIndexError: there is none to read.
    """
    try:
        # Not `mode=ro`: a reader of a WAL file must be able to make its shared memory.
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None
        )
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA query_only = ON")
        if _format(connection) == FORMAT:
            return connection
    except sqlite3.DatabaseError as error:
        raise NoIndexError(str(error)) from error
    connection.close()
    raise NoIndexError("the index has another format")


def discard(path: Path) -> None:
    """Throw a damaged index away; the follower then stands at the beginning."""
    # The file first: a reader that comes between finds no index, never half of one.
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    # A power cut may take the last commits, and the position with them: they come again.
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def _format(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
