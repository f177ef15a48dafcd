"""Whoever has the whole database cannot join who sent an SMS with what was asked, on a quiet day.

The attacker of these tests reads every column of every table, in the order in which rows lie, and
on PostgreSQL by which transaction each was written; without our secret key.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Date, DateTime, func, select, text
from sqlalchemy.orm import Session

from core.database import Base, dialect_of
from core.dispatch.models import Dispatch
from core.dispatch.service import DELIVERING
from core.dispatch.tasks import deliver
from core.inbound import Incoming, receive
from core.inbound.models import InboundSender, InboundSms
from core.inbound.tasks import forget_inbound
from core.jobs import Job
from core.work import COMMAND, VISITOR, reading, transaction
from core.worker.jobs import run_next
from tests.makers import make_batch
from tests.service.core.phones import Phones, carried_by
from traceability import service
from traceability.models import Stamp, StampCheck
from traceability.rules import serial_text

PHONES = ("+84912345678", "+84987654321", "+84905112233")
AGENT = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile"}


@pytest.fixture
def serials(app: Flask) -> list[str]:
    """Four active stamps whose numbers mix letters and digits, as nearly all do."""
    with transaction(by=COMMAND) as work:
        batch = make_batch(work, count=9)
        assert batch.lot_id is not None
        service.activate_lot(work, lot_id=batch.lot_id)
        texts = map(serial_text, work.session.scalars(select(Stamp.serial)))
        return [one for one in texts if not (one.isalpha() or one.isdigit())][:4]


def ask(app: Flask, client: FlaskClient, serials: list[str], *, phones: tuple[str, ...]) -> None:
    """A quiet day: each telephone asks for a stamp, a browser for the last; answers go out."""
    carrier = carried_by(app, Phones())
    for number, (phone, serial) in enumerate(zip(phones, serials, strict=False)):
        with transaction(by=VISITOR) as work:
            answer = receive(work, Incoming(f"P-{number}", phone, serial))
        assert str(answer).startswith("Tem co trong so, ")
        while run_next({DELIVERING: deliver}):
            pass
    assert client.get(f"/s/{serials[-1]}", headers=AGENT).status_code == 200
    assert [one.target for one in carrier.taken] == list(phones)
    forget_inbound()


def test_no_telephone_and_no_letter_to_one_stand_anywhere(
    app: Flask, client: FlaskClient, serials: list[str]
) -> None:
    ask(app, client, serials, phones=PHONES)

    with reading() as session:
        assert session.scalars(select(Dispatch)).all() == []
        assert session.scalars(select(Job)).all() == []
        everything = " ".join(
            str(tuple(row))
            for table in Base.metadata.sorted_tables
            for row in session.execute(select(table))
        )
    assert "early_days" in everything  # The checks stand in the dump.
    assert [phone for phone in PHONES if phone[3:] in everything] == []
    assert "P-0" not in everything


def test_what_knows_a_telephone_again_has_a_day_and_nothing_finer(app: Flask) -> None:
    for table in (InboundSender.__table__, InboundSms.__table__):
        assert [one.name for one in table.columns if isinstance(one.type, DateTime)] == []
        assert [one.name for one in table.columns if isinstance(one.type, Date)] == ["received_on"]
        assert [one.name for one in table.primary_key if one.name.endswith("_hash")] != []


def test_a_telephone_of_today_is_not_known_again_tomorrow(app: Flask) -> None:
    with transaction(by=VISITOR) as work:
        tomorrow = replace(work, now=work.now + timedelta(days=1))
        for number, day in enumerate((work, work, tomorrow)):
            receive(day, Incoming(f"P-{number}", PHONES[0], "?"))

    with reading() as session:
        rows = session.scalars(select(InboundSender).order_by(InboundSender.received_on)).all()
    assert [one.taken for one in rows] == [2, 1]
    assert rows[0].sender_hash != rows[1].sender_hash


@pytest.mark.parametrize("turn", [1, -1], ids=["one way", "the other way"])
def test_the_rows_of_telephones_lie_in_the_order_of_chance_whoever_asked_first(
    app: Flask, client: FlaskClient, serials: list[str], turn: int
) -> None:
    ask(app, client, serials, phones=PHONES[::turn])

    with reading() as session:
        lying = as_they_lie(session, "inbound_sender", "sender_hash")
        assert lying == sorted(lying)
        assert len(lying) == 3
        if dialect_of(session) == "postgresql":
            assert len(written_by(session, "inbound_sender")) == 1
            shared = written_by(session, "inbound_sender") & written_by(session, "stamp_check")
            assert shared == set()


def test_a_check_does_not_tell_that_it_was_asked_for_by_sms(
    app: Flask, client: FlaskClient, serials: list[str]
) -> None:
    ask(app, client, serials, phones=PHONES)

    with reading() as session:
        checks = session.scalars(select(StampCheck)).all()
        assert session.scalar(select(func.count()).select_from(InboundSender)) == 3
    shapes = {
        (len({one.device_hash, one.network_hash, one.browser_hash}), *map(len, marks(one)))
        for one in checks
    }
    assert len(checks) == 4
    assert shapes == {(3, 24, 24, 24)}
    assert len({tuple(one.found) for one in checks}) == 1


def marks(check: StampCheck) -> tuple[str, str, str]:
    return check.device_hash or "", check.network_hash or "", check.browser_hash or ""


def as_they_lie(session: Session, table: str, column: str) -> list[str]:
    """The rows as the database's file has them: by their place where it keeps one."""
    place = "ctid" if dialect_of(session) == "postgresql" else "1"
    statement = f"SELECT {column} FROM {table} ORDER BY {place}"  # noqa: S608  # Names are ours.
    if place == "1":
        statement = f"SELECT {column} FROM {table} NOT INDEXED"  # noqa: S608  # Names are ours.
    return list(session.execute(text(statement)).scalars())


def written_by(session: Session, table: str) -> set[str]:
    """Which transactions wrote the rows of a table of PostgreSQL."""
    statement = f"SELECT DISTINCT xmin::text FROM {table}"  # noqa: S608  # Names are ours.
    return set(session.execute(text(statement)).scalars())
