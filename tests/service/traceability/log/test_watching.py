"""Whoever owns a GTIN hears, once, of a published batch under it that is not theirs."""

import json

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.models import Lot
from core.messages import Message
from core.work import COMMAND, Work, reading, transaction
from tests.makers import make_batch, make_enterprise, make_lot, make_pack, make_product
from traceability import queries, tasks
from traceability.models import LogEntry
from traceability.publishing import publish
from traceability.rules.entries import Fields
from traceability.service import issue_stamps
from traceability.service.log_entries import add_entry

GTIN = "08935000000019"


def owner_of_gtin(work: Work) -> int:
    """A maker with a pack of that number, who issued stamps under it."""
    product = make_product(work, enterprise=make_enterprise(work))
    make_pack(work, product=product).gtin = GTIN
    issue_stamps(work, lot_id=make_lot(work, product=product).id, count=3, gtin=GTIN)
    return product.enterprise_id


def told() -> list[tuple[int, str, dict[str, object]]]:
    with transaction(by=COMMAND) as work:
        found = work.session.scalars(select(Message)).all()
        return [(one.enterprise_id, one.kind, one.values) for one in found]


def test_a_batch_somebody_else_published_under_their_gtin_is_told_once(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        owner = owner_of_gtin(work)
        make_batch(work, enterprise=make_enterprise(work, name="Mẫu – Người khác"))
        fields: Fields = {
            "batch": "STRANGE000",
            "gtin": GTIN,
            "count": 500,
            "enterprise": "ELSEWHERE0",
        }
        add_entry(work, "batch", fields)
    tasks.watch_log()
    assert told() == []  # Nobody can read it yet.
    publish()

    for _ in range(2):
        tasks.watch_log()

    values = {"batch": "STRANGE000", "gtin": GTIN}
    assert told() == [(owner, "batch_not_asked_for", values)]


def test_own_batches_are_no_news(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        owner_of_gtin(work)
        assert work.session.scalars(select(LogEntry.kind).order_by(LogEntry.id)).all() == [
            "key",
            "batch",
        ]
    publish()

    tasks.watch_log()

    assert told() == []


def test_the_log_is_read_a_thousand_batches_at_a_time_and_no_further_than_asked(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(by=COMMAND) as work:
        made = [make_batch(work).public_id for _ in range(5)]
    publish()
    monkeypatch.setattr("traceability.queries.log.BATCHES_AT_ONCE", 2)

    with reading() as session:
        found = list(queries.published_batches(session, size=100))
        assert [json.loads(body)["batch"] for _, body in found] == made
        last = found[-1][0]
        assert list(queries.published_batches(session, size=last)) == found[:-1]


def test_what_its_owner_issues_and_publishes_meanwhile_is_no_news(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(by=COMMAND) as work:
        owner_of_gtin(work)
    publish()
    issued = queries.batches_under_gtins

    def issued_then_more(session: Session) -> dict[int, set[str]]:
        found = issued(session)
        with transaction(by=COMMAND) as work:
            lot = work.session.scalars(select(Lot)).one()
            issue_stamps(work, lot_id=lot.id, count=2, gtin=GTIN)
        publish()
        return found

    monkeypatch.setattr(queries, "batches_under_gtins", issued_then_more)

    tasks.watch_log()

    assert told() == []
