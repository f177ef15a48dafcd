"""Batches and publishers at once: one key for a maker, one place for an entry, one log."""

from collections import Counter
from threading import Thread

from flask import Flask
from sqlalchemy import func, select

from app.reactions import REACTIONS
from catalog.service import remove_certificate
from core.work import COMMAND, VISITOR, transaction
from core.worker.events import deliver_next
from tests.makers import make_batch, make_certificate, make_enterprise, make_lot, make_product
from tests.race.crowd import rush
from traceability import service
from traceability.log.merkle import leaf_hash, root_of
from traceability.log_place import log_place
from traceability.models import EnterpriseKey, LogEntry, LogSalt
from traceability.publishing import publish, signing_key


def test_sixteen_first_batches_of_one_maker_draw_one_key_and_one_salt(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        product = make_product(work, enterprise=make_enterprise(work))
        lots = [make_lot(work, product=product, code=f"L-{number}").id for number in range(16)]

    def issue(number: int) -> int:
        with transaction(by=VISITOR) as work:
            return service.issue_stamps(work, lot_id=lots[number], count=2).count

    answers, refusals = rush(app, issue)

    assert (answers, refusals) == ([2] * 16, [])
    with transaction(by=COMMAND) as work:
        assert work.session.scalar(select(func.count()).select_from(EnterpriseKey)) == 1
        assert work.session.scalar(select(func.count()).select_from(LogSalt)) == 1
        kinds = Counter(work.session.scalars(select(LogEntry.kind)))
    assert kinds == {"key": 1, "batch": 16}


def test_sixteen_publishers_make_one_log_while_batches_are_issued(app: Flask) -> None:
    signing_key(log_place())

    def work_on(number: int) -> int:
        if number % 2:
            return publish().size
        with transaction(by=VISITOR) as work:
            make_batch(work)
        return 0

    _, refusals = rush(app, work_on)
    size = publish().size

    assert refusals == []
    with transaction(by=COMMAND) as work:
        placed = select(LogEntry.leaf_index, LogEntry.body).order_by(LogEntry.leaf_index)
        rows = work.session.execute(placed).all()
    assert [row.leaf_index for row in rows] == list(range(16))
    bodies = [row.body.encode() for row in rows]
    published = log_place().log.published()
    assert published is not None
    assert (size, published.size) == (16, 16)
    assert published.root == root_of([leaf_hash(body) for body in bodies])
    assert log_place().log.entries(0, 16) == bodies


def test_a_paper_withdrawn_while_the_first_batch_is_made_is_told_to_hold_no_more(
    app: Flask,
) -> None:
    with transaction(by=COMMAND) as work:
        product = make_product(work, enterprise=make_enterprise(work, kind="company"))
        lot = make_lot(work, product=product)
        paper = make_certificate(work, product=product)

    def withdraw() -> None:
        with app.app_context():
            with transaction(by=COMMAND) as work:
                remove_certificate(work, certificate_id=paper.id, version=1)
            while deliver_next(REACTIONS):
                pass

    withdrawing = Thread(target=withdraw)
    with transaction(by=VISITOR) as work:
        service.issue_stamps(work, lot_id=lot.id, count=2)
        work.session.flush()
        withdrawing.start()
        withdrawing.join(timeout=1)  # Told nothing yet: it waits for us.
    withdrawing.join()

    with transaction(by=COMMAND) as work:
        kinds = work.session.scalars(select(LogEntry.kind).order_by(LogEntry.id)).all()
    assert kinds == ["key", "cert", "batch", "cert-revoke"]
