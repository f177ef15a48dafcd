"""Issuing 100,000 stamps, durable, beside the bare inserts of the same rows in the same pieces."""

import tempfile
import time
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection

from app import create_app
from bench import goods, stamps
from bench.pages import ROUNDS
from bench.results import Result
from bench.servers import Bench, migrate, settings_for
from core import ids
from core.database import writing_engine
from core.work import COMMAND, transaction
from traceability import service
from traceability.rules import draw_serials
from traceability.service.issuing import PIECE

STAMPS = 100_000
LOT = 1
FLOOR_BATCH = 10**9  # Batches of the floor's rows: no such batch exists.
REACH = 0.4

Piece = list[tuple[int, int, int]]


def issue_on_postgresql(bench: Bench) -> Result:
    """Issue on the database of the web measurements, beside COPY."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings_for(bench.database_url, Path(folder)))
        return Result("issue 100,000 stamps, PostgreSQL", "COPY", _ratios(app), reach=REACH)


def issue_on_sqlite(_bench: Bench) -> Result:
    """Issue on a file of its own, beside executemany."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/goc.sqlite3"
        settings = settings_for(url, Path(folder))
        migrate(settings)
        goods.fill(url)
        stamps.fill(url)
        app = create_app(settings)
        return Result("issue 100,000 stamps, SQLite", "executemany", _ratios(app), reach=REACH)


def _ratios(app: Flask) -> tuple[float, ...]:
    with app.app_context():
        return tuple(_least_seconds(round_) / _issue_seconds() for round_ in range(ROUNDS))


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
    """Store as many rows, ready beforehand, and nothing else."""
    pieces = [_piece(FLOOR_BATCH + round_, first) for first in range(1, STAMPS + 1, PIECE)]
    engine = writing_engine()
    began = time.perf_counter()
    for piece in pieces:
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
