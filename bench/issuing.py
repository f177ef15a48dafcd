"""Issuing a million stamps, durable, beside the bare hashes and inserts of the same in pieces."""

import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection

from app import create_app
from bench import goods, stamps
from bench.results import Result
from bench.servers import Bench, migrate, settings_for
from core import ids
from core.database import writing_engine
from core.work import COMMAND, transaction
from traceability import service
from traceability.rules import draw_serials
from traceability.service.issuing import PIECE

STAMPS = 1_000_000
LOT = 1
ROUNDS = 3  # Of forty seconds each.
FLOOR_BATCH = 10**9  # Batches of the floor's rows: no such batch exists.
REACH = 0.45
REACH_A_SECOND = 60_000
LEAF_BYTES = 100  # What a stamp's leaf is made of, about.

Piece = list[tuple[int, int, int]]


def issue_on_postgresql(bench: Bench) -> Result:
    """Issue on the database of the web measurements, beside SHA-256 and COPY."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings_for(bench.database_url, Path(folder)))
        with app.app_context():
            ratios = tuple(_least_seconds(each) / _issue_seconds() for each in range(ROUNDS))
    return Result("issue a million stamps, PostgreSQL", "SHA-256, COPY", ratios, reach=REACH)


def issue_on_sqlite(_bench: Bench) -> Result:
    """Issue on a file of its own, beside SHA-256 and executemany."""
    ratios = _on_a_file(lambda each: _least_seconds(each) / _issue_seconds())
    return Result("issue a million stamps, SQLite", "SHA-256, executemany", ratios, reach=REACH)


def issue_in_a_second(_bench: Bench) -> Result:
    """Stamps issued in a second of one core: nothing else of the process runs beside it."""
    rates = _on_a_file(lambda _each: STAMPS / _issue_seconds())
    return Result("stamps issued in a second, SQLite", "-", rates, reach=REACH_A_SECOND)


def _on_a_file(measure: Callable[[int], float]) -> tuple[float, ...]:
    """Measure round by round on a new file of SQLite with the goods."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/goc.sqlite3"
        settings = settings_for(url, Path(folder))
        migrate(settings)
        goods.fill(url)
        stamps.fill(url)
        app = create_app(settings)
        with app.app_context():
            return tuple(measure(each) for each in range(ROUNDS))


def _issue_seconds() -> float:
    """Issue as the job does: the quota, the pieces, the publishing, each committed."""
    began = time.perf_counter()
    with transaction(by=COMMAND) as work:
        batch = service.begin_batch(work, lot_id=LOT, count=STAMPS)
    for first in range(1, STAMPS + 1, PIECE):
        with transaction(by=COMMAND) as work:
            service.add_stamps(work, batch_id=batch.id, first=first, count=PIECE)
    with transaction(by=COMMAND) as work:
        service.publish_batch(work, batch_id=batch.id)
    return time.perf_counter() - began


def _least_seconds(round_: int) -> float:
    """Hash as often as a tree of these stamps must, store as many rows, and nothing else."""
    pieces = [_piece(FLOOR_BATCH + round_, first) for first in range(1, STAMPS + 1, PIECE)]
    leaf, node = bytes(LEAF_BYTES), bytes(1 + 2 * 32)
    engine = writing_engine()
    began = time.perf_counter()
    for piece in pieces:
        for _ in piece:
            sha256(leaf).digest()
            sha256(node).digest()
        with engine.begin() as connection:
            _insert(connection, piece)
    return time.perf_counter() - began


def _piece(batch: int, first: int) -> Piece:
    serials = draw_serials(PIECE, ids.random_bytes)
    return [(serial, batch, first + place) for place, serial in enumerate(serials)]


def _insert(connection: Connection, piece: Piece) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "INSERT INTO stamp (serial, batch_id, ordinal) VALUES (?, ?, ?)", piece
        )
        return
    driver = connection.connection.cursor()
    with driver.copy("COPY stamp (serial, batch_id, ordinal) FROM STDIN") as copy:
        for row in piece:
            copy.write_row(row)
    driver.close()
