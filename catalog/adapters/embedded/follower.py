"""The writing side of the embedded index; only the worker and commands use it."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from catalog.adapters.embedded.file import (
    FIELD_LETTERS,
    NoIndexError,
    discard,
    open_for_reading,
    open_for_writing,
)
from catalog.search.document import Document, Tokens
from catalog.search.port import Changes, EngineDown, Position
from catalog.search.standing import STANDINGS

_FACT = (
    "INSERT INTO fact (product_id, revision, is_removed, group_code, province_code, commune_code,"
    " producer_code, price_vnd, unit_price_vnd, quality, published_at)"
    " VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_REMOVALS = (
    "DELETE FROM token WHERE rowid = ?",
    "DELETE FROM phrase WHERE rowid = ?",
    "DELETE FROM fact WHERE product_id = ?",
    "DELETE FROM period WHERE product_id = ?",
)
NO_CODE = 0  # Of a facet in which a product has no value.


class EmbeddedFollower:
    """Follows the feed into the file; index and position change in one transaction."""

    name = "embedded"

    def __init__(self, path: Path) -> None:
        self._path = path

    def position(self) -> Position:
        """Where the file stands; the beginning when there is none or it is damaged."""
        try:
            with closing(open_for_reading(self._path)) as connection:
                return _position(connection)
        except (NoIndexError, sqlite3.DatabaseError):
            return Position()

    def apply(self, changes: Changes) -> None:
        """Index one piece, unless another worker of this node already did."""
        with self._writing() as connection:
            if _position(connection) == changes.after:
                _write(connection, changes)
                _stand_at(connection, changes.until)

    def rebuild(self, start: Position, pieces: Iterable[Changes]) -> None:
        """Fill the tables anew in one transaction: readers see the former index until its end."""
        with self._writing() as connection:
            for table in ("token", "phrase", "fact", "period"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608  # Our own names.
            # Readers that follow by revision must see that this is another build.
            connection.execute("UPDATE state SET build = build + 1")
            until = start
            for changes in pieces:
                _write(connection, changes)
                until = changes.until
            for table in ("token", "phrase"):  # One segment: each token is looked up once.
                connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608  # Our own names.
            _stand_at(connection, until)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(open_for_writing(self._path)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
        except sqlite3.OperationalError as error:  # Busy, or the disk is full.
            raise EngineDown(str(error)) from error
        except sqlite3.DatabaseError as error:
            discard(self._path)  # Damaged: a lost index loses nothing.
            raise EngineDown(str(error)) from error


def _position(connection: sqlite3.Connection) -> Position:
    return Position(*connection.execute("SELECT epoch, revision FROM state").fetchone())


def _stand_at(connection: sqlite3.Connection, position: Position) -> None:
    connection.execute(
        "UPDATE state SET epoch = ?, revision = ?", (position.epoch, position.revision)
    )


def _write(connection: sqlite3.Connection, changes: Changes) -> None:
    documents = changes.documents
    ids = [(each,) for each in (*changes.removed, *(each.product_id for each in documents))]
    for statement in _REMOVALS:
        connection.executemany(statement, ids)
    revision = changes.until.revision
    # What was removed leaves a trace, so that a reader can follow the revisions too.
    connection.executemany(
        "INSERT INTO fact (product_id, revision, is_removed) VALUES (?, ?, 1)",
        [(each, revision) for each in changes.removed],
    )
    connection.executemany(
        "INSERT INTO token (rowid, line) VALUES (?, ?)",
        [(each.product_id, _line(each.tokens)) for each in documents],
    )
    connection.executemany(
        "INSERT INTO phrase (rowid, line) VALUES (?, ?)",
        [(each.product_id, each.tokens.exact) for each in documents],
    )
    codes = _codes(connection, documents)
    connection.executemany(_FACT, [_fact_row(each, revision, codes) for each in documents])
    connection.executemany(
        "INSERT INTO period (product_id, since_day, standing_code) VALUES (?, ?, ?)",
        [
            (each.product_id, period.since.toordinal(), STANDINGS.index(period.standing))
            for each in documents
            for period in each.periods
        ],
    )


def _codes(
    connection: sqlite3.Connection, documents: Sequence[Document]
) -> dict[tuple[str, str], int]:
    """The integer of each facet value, given once and kept."""
    wanted = sorted({pair for each in documents for pair in _values(each)})
    connection.executemany("INSERT OR IGNORE INTO value (facet, value) VALUES (?, ?)", wanted)
    rows = connection.execute("SELECT facet, value, code FROM value")
    return {(facet, value): code for facet, value, code in rows}


def _values(document: Document) -> Iterator[tuple[str, str]]:
    yield "group", document.group
    yield "producer", document.producer
    if document.province is not None:
        yield "province", document.province
    if document.commune is not None:
        yield "commune", document.commune


def _line(tokens: Tokens) -> str:
    """All tokens behind the letters of their fields."""
    return " ".join(
        letter + token
        for field, letter in FIELD_LETTERS.items()
        for token in dict.fromkeys(getattr(tokens, field).split())
    )


def _fact_row(
    document: Document, revision: int, codes: dict[tuple[str, str], int]
) -> tuple[int | None, ...]:
    return (
        document.product_id,
        revision,
        codes["group", document.group],
        codes.get(("province", document.province or ""), NO_CODE),
        codes.get(("commune", document.commune or ""), NO_CODE),
        codes["producer", document.producer],
        document.price_vnd,
        document.unit_price_vnd,
        document.quality,
        document.published_at,
    )
