"""Issuing a large batch, durable, beside the bare hashes and inserts of the same in pieces.

In processor seconds, ours and those of the database's process.
"""

import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, select

from app import create_app
from app.settings import Settings
from bench import goods, stamps
from bench.processor import database_processes, processor_seconds
from bench.results import Result
from bench.scanning import scanned
from bench.servers import Bench, migrate, settings_for
from core import ids
from core.database import writing_engine
from core.giving_way import let_others_write
from core.work import COMMAND, reading, transaction
from traceability import service
from traceability.models import Stamp
from traceability.rules import draw_serials, serial_span
from traceability.service.issuing import PIECE

WHOLE, QUICK = 1_000_000, 100_000
LOT = 1
ROUNDS = 3
FLOOR_BATCH = 10**9  # Batches of the floor's rows: no such batch exists.
REACH = 0.45
REACH_A_SECOND = 60_000
LONGEST_WAIT_SECONDS = 0.25
SCANNED = 500  # Stamps of other batches that are scanned meanwhile.
LEAF_BYTES = 100  # What a stamp's leaf is made of, about.

Piece = list[tuple[int, int, int]]


@dataclass(frozen=True)
class _Round:
    """What one issuing cost, what the least would have, and how long a scan waited at most."""

    ours: float
    least: float
    longest_wait: float


def issue_on_postgresql(bench: Bench) -> Result:
    """Issue on the database of the web measurements, beside SHA-256 and COPY."""
    count = bench.size(WHOLE, QUICK)
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_for(bench.database_url, Path(folder))
        rounds = _rounds(settings, count)
    ratios = tuple(one.least / one.ours for one in rounds)
    return Result(f"issue {count:,} stamps, PostgreSQL", "SHA-256, COPY", ratios, reach=REACH)


def issue_on_sqlite(bench: Bench) -> Result:
    """Issue on a file of its own, beside SHA-256 and executemany."""
    count = bench.size(WHOLE, QUICK)
    ratios = tuple(one.least / one.ours for one in _on_a_file(count))
    return Result(f"issue {count:,} stamps, SQLite", "SHA-256, executemany", ratios, reach=REACH)


def issue_in_a_second(bench: Bench) -> Result:
    """Stamps issued in a processor second."""
    count = bench.size(WHOLE, QUICK)
    rates = tuple(count / one.ours for one in _on_a_file(count))
    return Result("stamps issued in a second of a core, SQLite", "-", rates, reach=REACH_A_SECOND)


def scan_while_issuing(bench: Bench) -> Result:
    """The longest a counted check took while a large batch was made; of the clock."""
    longest = tuple(one.longest_wait for one in _on_a_file(bench.size(WHOLE, QUICK)))
    return Result(
        "a check while stamps are issued, SQLite: the longest",
        "of the clock",
        longest,
        reach=LONGEST_WAIT_SECONDS,
        at_least=False,
        unit=" s",
    )


def _on_a_file(count: int) -> tuple[_Round, ...]:
    """Measure once on a new file of SQLite with the goods; three lines of the table ask for it."""
    if count not in _KEPT:
        with tempfile.TemporaryDirectory() as folder:
            settings = settings_for(f"sqlite:///{folder}/goc.sqlite3", Path(folder))
            migrate(settings)
            goods.fill(settings.database_url)
            stamps.fill(settings.database_url)
            _KEPT[count] = _rounds(settings, count)
    return _KEPT[count]


_KEPT: dict[int, tuple[_Round, ...]] = {}


def _rounds(settings: Settings, count: int) -> tuple[_Round, ...]:
    with create_app(settings).app_context():
        processes = database_processes(writing_engine())
        with reading() as session:
            active = select(Stamp.serial).where(Stamp.batch_id <= goods.PRODUCTS).limit(SCANNED)
            serials = session.scalars(active).all()
        found = []
        for number in range(ROUNDS):
            least = _least_seconds(count, FLOOR_BATCH + number, processes)
            with scanned(settings, serials) as waits:
                ours = _issue_seconds(count, processes)
                found.append(_Round(ours, least, max(waits())))
        return tuple(found)


def _issue_seconds(count: int, processes: tuple[int, ...]) -> float:
    """Issue as the job does: the quota, the pieces, the publishing, each committed."""
    began = processor_seconds(processes)
    with transaction(by=COMMAND) as work:
        batch = service.begin_batch(work, lot_id=LOT, count=count)
    made = 0
    while made < count:
        with reading() as session:
            ready = service.next_stamps(session, batch_id=batch.id)
        with transaction(by=COMMAND) as work:
            made = service.add_next_stamps(work, batch_id=batch.id, ready=ready)
        let_others_write()
    return processor_seconds(processes) - began


def _least_seconds(count: int, batch: int, processes: tuple[int, ...]) -> float:
    """Hash as often as a tree of these stamps must, store as many rows, and nothing else."""
    pieces = [_piece(count, batch, first) for first in range(1, count + 1, PIECE)]
    leaf, node = bytes(LEAF_BYTES), bytes(1 + 2 * 32)
    engine = writing_engine()
    began = processor_seconds(processes)
    for piece in pieces:
        for _ in piece:
            sha256(leaf).digest()
            sha256(node).digest()
        with engine.begin() as connection:
            _insert(connection, piece)
    return processor_seconds(processes) - began


def _piece(count: int, batch: int, first: int) -> Piece:
    """Rows as ours: side by side, as a batch's serials are drawn."""
    serials = draw_serials(PIECE, ids.random_bytes, serial_span(first, PIECE, of=count))
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
