"""Whoever owns a GTIN hears, once, of a published batch under it that is not theirs."""

from flask import Flask
from sqlalchemy import select

from core.messages import Message
from core.work import COMMAND, Work, transaction
from tests.makers import make_batch, make_enterprise, make_lot, make_pack, make_product
from traceability import tasks
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
        assert work.session.scalars(select(LogEntry.kind)).all() == ["key", "batch"]
    publish()

    tasks.watch_log()

    assert told() == []
