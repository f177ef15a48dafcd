"""How stamps lie in the database: one is found among 10⁸, cut into any ranges, as among ten."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from accounts.models import Enterprise
from core.database import db, dialect_of, writing_engine
from core.work import VISITOR, Work, transaction
from tests.dealers import confirm, make_dealer, make_delivery
from tests.makers import make_lot
from traceability import queries, service
from traceability.models import Stamp
from traceability.models.stamps import STAMP_PARTITIONS
from traceability.rules import VoidReason, serial_text

Asked = list[tuple[str, Any]]
# By serial, or by the batch and a place in it. What holds one row for a lot or less may be walked.
LARGE = (
    "stamp",
    "stamp_range",
    "stamp_batch",
    "stamp_tally",
    "stamp_check",
    "stamp_early_visit",
    "stamp_scratch",
    "stamp_delivery",
    "stamp_seller_scan",
    "stamp_sale",
    "stamp_alarm",
    "stamp_batch_tile",
    "stamp_commitment",
    "log_entry",
)


@pytest.fixture
def serial(client: FlaskClient) -> int:
    """A stamp of a batch cancelled piece by piece and handed over piece by piece."""
    with transaction(by=VISITOR) as work:
        lot = make_lot(work, declared=400)
        batch = service.issue_stamps(work, lot_id=lot.id, count=400)
        service.activate_lot(work, lot_id=lot.id)
        dealer = make_dealer(work, enterprise=work.session.get_one(Enterprise, lot.enterprise_id))
        for ordinal in range(2, 60, 2):
            spoiled = VoidReason.SPOILED
            service.void_stamps(
                work, batch_id=batch.id, first=ordinal, last=ordinal, reason=spoiled
            )
            sold = 100 + ordinal * 5
            delivery = make_delivery(
                work, batch=batch, dealer=dealer, first=sold + 1, last=sold + 10
            )
            confirm(work, delivery)
        return work.session.scalars(select(Stamp.serial).where(Stamp.ordinal == 300)).one()


@contextmanager
def asked() -> Iterator[Asked]:
    """What a piece of work asks of the database, with the values."""
    found: Asked = []

    def note(*arguments: object) -> None:
        _, _, statement, values, *_ = arguments
        found.append((str(statement), values))

    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)


def plan(session: Session, statement: str, values: Any) -> str:
    """How the database would go about it, were its tables large."""
    connection = session.connection()
    if dialect_of(session) == "postgresql":
        # Among a few rows reading them all is cheapest.
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        said = connection.exec_driver_sql(f"EXPLAIN {statement}", values)
    else:
        said = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    return "\n".join(str(row[-1]) for row in said)


def test_a_stamps_page_seeks_in_every_table_that_grows_with_stamps(
    client: FlaskClient, serial: int
) -> None:
    client.get(f"/s/{serial_text(serial)}")  # A first check: the next has something to find.
    with asked() as statements:
        page = client.get(f"/s/{serial_text(serial)}", environ_base={"REMOTE_ADDR": "10.7.7.7"})
    assert page.status_code == 200
    reads = [one for one in statements if one[0].startswith(("SELECT", "INSERT", "UPDATE"))]
    assert any("FROM stamp " in statement for statement, _ in reads)

    with Session(writing_engine()) as session:
        plans = [plan(session, statement, values) for statement, values in reads]
        session.rollback()

    walked = re.compile(rf"\b(?:SCAN|Seq Scan on) (?:{'|'.join(LARGE)})(?:_p?\d+)?\b")
    assert [found for found in plans if walked.search(found)] == []
    partitions = set(re.findall(r" on (stamp_p?\d+)\b", "\n".join(plans)))
    assert len(partitions) <= 1, partitions  # PostgreSQL opens the one where the serial lies.


def test_a_stamp_among_many_ranges_is_found_by_seeking_one(
    client: FlaskClient, serial: int
) -> None:
    with asked() as statements:
        client.get(f"/s/{serial_text(serial)}")
    (found,) = [one for one in statements if "FROM stamp " in one[0] and "stamp_tally" in one[0]]
    with Session(writing_engine()) as session:
        if dialect_of(session) == "postgresql":  # Else it knows of none, and all ways are one.
            session.execute(text("ANALYZE stamp_range, stamp_delivery"))
        how = plan(session, *found)
        session.rollback()

    # For what state it is in and for who holds it: where the range ends is sought once, then the
    # range that ends there. Else all of the batch are read.
    sought = r"\(batch_id=\? AND last>\?\)|Index Cond: .*\(last >= stamp\.ordinal\)"
    assert len(re.findall(sought, how)) == 2, how
    by_its_end = r"\(batch_id=\? AND last=\?\)|Index Cond: .*\(last = \(\(SubPlan \d\)\)\)"
    assert len(re.findall(by_its_end, how)) == 2, how


def test_stamps_lie_by_their_serial_alone(work: Work) -> None:
    connection = work.session.connection()
    if connection.dialect.name == "sqlite":
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'stamp'"))
        assert made.scalar_one().rstrip().endswith("WITHOUT ROWID")
        return
    parts = connection.execute(
        text("SELECT count(*) FROM pg_inherits WHERE inhparent = 'stamp'::regclass")
    )
    assert parts.scalar_one() == STAMP_PARTITIONS


def test_a_stamp_is_asked_for_by_a_plan_made_once(serial: int) -> None:
    with Session(writing_engine()) as session:
        if dialect_of(session) != "postgresql":
            pytest.skip("SQLite keeps its plans as they are")
        for _ in range(20):  # The driver prepares at the fifth; the server weighs five plans more.
            assert queries.stamp_row(session, serial) is not None
        said = "SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE :what"
        plans = session.scalars(text(said), {"what": "%stamp_of_serial%"}).one()
        session.rollback()

    assert plans > 0
