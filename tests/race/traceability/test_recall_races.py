"""Many at once about a recalled lot: one recall stands, and no stamp of it slips through."""

import json

from flask import Flask
from sqlalchemy import func, select

from core.errors import Changed
from core.work import COMMAND, reading, transaction
from tests.makers import lot_of, make_batch, make_lot, make_product
from tests.race.crowd import rush
from traceability import queries, service
from traceability.models import LogEntry, LotRecall
from traceability.recall_errors import LotRecalled, RecallOver
from traceability.rules import Side
from traceability.rules.entries import MAKER
from traceability.rules.recalls import Advice, LiftReason, RecallReason
from traceability.service import Judge, Lift, RecallNotice

JUDGE = Judge(Side.MAKER, MAKER)
NOTICE = RecallNotice(RecallReason.SPOILED, Advice.KEEP)
DONE = Lift(LiftReason.DONE, "Đã thu đủ.")


def recall(lot_id: int, version: int = 1) -> int:
    with transaction(by=COMMAND) as work:
        done = service.recall_lot(work, lot_id=lot_id, version=version, judge=JUDGE, notice=NOTICE)
        return done.id


def counted(model: type, **values: object) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(model).filter_by(**values)) or 0


def test_of_eight_recalls_one_stands_and_of_eight_ends_one(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        batch = make_batch(work)
        lot_id = lot_of(batch)

    made, late = rush(app, lambda _: recall(lot_id), people=8)

    assert (len(made), {type(one) for one in late}) == (1, {Changed})
    assert (counted(LotRecall), counted(LogEntry, kind="recall")) == (1, 1)

    def lift(_hand: int) -> None:
        with transaction(by=COMMAND) as work:
            service.lift_recall(work, recall_id=made[0], judge=JUDGE, lift=DONE)

    ended, over = rush(app, lift, people=8)
    assert (len(ended), {type(one) for one in over}) == (1, {RecallOver})
    assert counted(LogEntry, kind="recall-lift") == 1


def test_stamps_are_stuck_on_before_the_recall_or_not_at_all(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        batch = make_batch(work, count=8)
        batch_id, lot_id = batch.id, lot_of(batch)

    def act(hand: int) -> str:
        if hand == 4:
            recall(lot_id)
            return "recalled"
        with transaction(by=COMMAND) as work:
            service.activate_stamps(work, batch_id=batch_id, first=hand + 1, last=hand + 1)
        return "stuck"

    done, refused = rush(app, act, people=8)

    assert done.count("recalled") == 1
    assert {type(one) for one in refused} <= {LotRecalled}
    with reading() as session:
        states = queries.lot_stamps(session, [lot_id])[lot_id]
    assert states.get("active", 0) == done.count("stuck") == 7 - len(refused)
    assert counted(LotRecall) == 1


def test_every_stamp_issued_or_bound_beside_a_recall_is_told_in_it(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        product = make_product(work)
        lot = make_lot(work, product=product)
        lot_id, rolls = lot.id, []
        for _ in range(3):
            roll = service.begin_roll(
                work, product_id=product.id, enterprise_id=product.enterprise_id, count=4
            )
            service.add_stamps(work, batch_id=roll.id, first=1, count=4)
            rolls.append(service.publish_batch(work, batch_id=roll.id).id)

    def act(hand: int) -> None:
        if hand == 3:
            recall(lot_id)
            return
        with transaction(by=COMMAND) as work:
            if hand < 3:
                service.bind_stamps(work, batch_id=rolls[hand], lot_id=lot_id, first=1, last=4)
            else:
                service.issue_stamps(work, lot_id=lot_id, count=4)

    _, refused = rush(app, act, people=7)

    assert {type(one) for one in refused} <= {LotRecalled}
    with reading() as session:
        stamps = sum(queries.lot_stamps(session, [lot_id])[lot_id].values())
        bodies = session.scalars(select(LogEntry.body).where(LogEntry.kind == "recall")).all()
    told = [json.loads(body) for body in bodies]
    assert sum(one["last"] - one["first"] + 1 for one in told if "first" in one) == stamps
