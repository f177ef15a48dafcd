"""A recalled lot: what its stamps say, what it takes no more, and what the log hears of it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from accounts.rules import Office, Role
from catalog.models import Lot
from core.audit import AuditEntry
from core.errors import Changed
from core.work import Work
from tests.makers import lot_of, make_batch, make_enterprise, make_lot, make_product
from traceability import queries, service
from traceability.models import LogEntry, LotRecall, StampBatch
from traceability.queries import recalls as recall_queries
from traceability.recall_errors import (
    HigherRecalled,
    LotRecalled,
    OfficeRecalled,
    RecallOver,
    UntilPast,
)
from traceability.recall_words import reason_words
from traceability.rules import Side
from traceability.rules.entries import MAKER, OPERATOR, officer_of
from traceability.rules.recalls import Advice, LiftReason, RecallReason, Remedy, rank_of
from traceability.service import Judge, Lift, RecallNotice

OURS = Judge(Side.MAKER, MAKER)
OFFICE = Judge(Side.OFFICE, officer_of("4", None))
MOULD = RecallNotice(RecallReason.SPOILED, Advice.KEEP, words="bị ẩm khi chở")
DONE = Lift(LiftReason.DONE, "Đã thu đủ hàng về.")


def recalled(
    work: Work, lot_id: int, judge: Judge = OURS, notice: RecallNotice = MOULD
) -> LotRecall:
    version = _version(work, lot_id)
    return service.recall_lot(work, lot_id=lot_id, version=version, judge=judge, notice=notice)


def _version(work: Work, lot_id: int) -> int:
    return work.session.get_one(Lot, lot_id).version


def told(work: Work, kind: str) -> list[dict[str, object]]:
    work.session.flush()
    bodies = work.session.scalars(
        select(LogEntry.body).where(LogEntry.kind == kind).order_by(LogEntry.id)
    )
    return [json.loads(body) for body in bodies]


def spans(work: Work, kind: str) -> list[tuple[object, ...]]:
    return [(one.get("batch"), one.get("first"), one.get("last")) for one in told(work, kind)]


def test_a_recalled_lot_takes_no_more_stamps_until_that_ends(work: Work) -> None:
    product = make_product(work)
    lot = make_lot(work, product=product)
    batch = make_batch(work, lot=lot)
    roll = service.begin_roll(
        work, product_id=product.id, enterprise_id=product.enterprise_id, count=5
    )
    service.add_stamps(work, batch_id=roll.id, first=1, count=5)
    service.publish_batch(work, batch_id=roll.id)
    recall = recalled(work, lot.id)

    with pytest.raises(LotRecalled):
        service.issue_stamps(work, lot_id=lot.id, count=1)
    with pytest.raises(LotRecalled):
        service.activate_stamps(work, batch_id=batch.id, first=1, last=1)
    with pytest.raises(LotRecalled):
        service.bind_stamps(work, batch_id=roll.id, lot_id=lot.id, first=1, last=5)
    assert queries.lot_stamps(work.session, [lot.id])[lot.id] == {"printed": 10}

    service.lift_recall(work, recall_id=recall.id, judge=OURS, lift=DONE)
    service.activate_stamps(work, batch_id=batch.id, first=1, last=1)
    assert queries.lot_stamps(work.session, [lot.id])[lot.id] == {"active": 1, "printed": 9}


def test_stamps_never_used_may_leave_a_recalled_lot_and_not_come_back(work: Work) -> None:
    product = make_product(work)
    bad, good = (make_lot(work, product=product, code=code) for code in ("A", "B"))
    batch = make_batch(work, lot=bad)
    recalled(work, bad.id)

    service.move_stamps(work, batch_id=batch.id, lot_id=good.id, first=6, last=10)
    with pytest.raises(LotRecalled):
        service.move_stamps(work, batch_id=batch.id, lot_id=bad.id, first=6, last=10)

    assert queries.lot_stamps(work.session, [good.id])[good.id] == {"printed": 5}


def test_a_lot_has_one_open_recall(work: Work) -> None:
    lot = make_lot(work)
    version = lot.version
    recalled(work, lot.id)

    with pytest.raises(Changed):
        service.recall_lot(work, lot_id=lot.id, version=version, judge=OURS, notice=MOULD)
    with pytest.raises(Changed):
        recalled(work, lot.id)
    assert len(work.session.scalars(select(LotRecall)).all()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": "other", "words": ""},
        {"remedy": "refund"},
        {"until_on": "today"},
        {"authority": "Sở Y tế"},
        {"by_side": "office", "authority": ""},
        {"lifted_by": "maker"},
        {"reason": "bored"},
        {"by_rank": 2},
    ],
    ids="-".join,
)
def test_the_database_keeps_half_said_recalls_out(work: Work, wrong: dict[str, object]) -> None:
    lot = make_lot(work)
    row = {
        "public_id": "7K3MQ9T2XB",
        "lot_id": lot.id,
        "enterprise_id": lot.enterprise_id,
        "by_side": "maker",
        "by_role": MAKER,
        "by_rank": 0,
        "authority": "",
        "reason": "label",
        "words": "",
        "advice": "keep",
        "phone": "",
        "recalled_at": work.now,
        "lifted_why": "",
    }
    if wrong.get("until_on") == "today":
        wrong = {"until_on": work.today}

    with pytest.raises(IntegrityError), work.session.begin_nested():
        work.session.execute(insert(LotRecall).values({**row, **wrong}))


def test_both_ends_are_recorded_and_the_lot_changes_its_version(work: Work) -> None:
    lot = make_lot(work)
    recall = recalled(work, lot.id)
    assert (lot.recalled_since, lot.version, lot.sealed_at) == (work.today, 2, work.now)

    service.lift_recall(work, recall_id=recall.id, judge=OURS, lift=DONE)

    assert (lot.recalled_since, lot.version) == (None, 3)
    acts = work.session.execute(
        select(AuditEntry.act, AuditEntry.object_kind, AuditEntry.object_id)
        .where(AuditEntry.act.in_(["recall_lot", "lift_recall"]))
        .order_by(AuditEntry.act.desc())
    ).all()
    assert [tuple(act) for act in acts] == [
        ("recall_lot", "lot", lot.id),
        ("lift_recall", "lot", lot.id),
    ]
    with pytest.raises(RecallOver):
        service.lift_recall(work, recall_id=recall.id, judge=OFFICE, lift=DONE)


def test_an_office_s_recall_is_lifted_by_an_office_alone(work: Work) -> None:
    lot = make_lot(work)
    notice = RecallNotice(RecallReason.RESIDUE, Advice.KEEP, authority="Sở Y tế Cao Bằng")
    recall = recalled(work, lot.id, OFFICE, notice)
    assert recall.authority == "Sở Y tế Cao Bằng"

    with pytest.raises(OfficeRecalled):
        service.lift_recall(work, recall_id=recall.id, judge=OURS, lift=DONE)
    assert lot.recalled_since == work.today

    service.lift_recall(work, recall_id=recall.id, judge=OFFICE, lift=DONE)
    ends = select(LotRecall.lifted_by, LotRecall.lifted_because)
    assert tuple(work.session.execute(ends).one()) == ("office", "done")
    assert queries.open_recall(work.session, lot.id) is None


@pytest.mark.parametrize(
    ("by", "lifter", "is_lifted"),
    [
        (officer_of("4", None), officer_of("4", "1273"), False),
        (officer_of("4", None), officer_of("4", None), True),
        (officer_of("4", None), OPERATOR, True),
        (officer_of("4", "1273"), officer_of("4", None), True),
        (officer_of("4", "1273"), officer_of("4", "1274"), False),
        (officer_of(None, None), officer_of("4", None), False),
        (OPERATOR, officer_of(None, None), True),
    ],
    ids=["below", "same", "above", "commune's", "neighbour", "country's", "equals"],
)
def test_an_office_s_recall_is_lifted_by_that_office_or_one_above(
    work: Work, by: str, lifter: str, *, is_lifted: bool
) -> None:
    lot = make_lot(work)
    notice = RecallNotice(RecallReason.RESIDUE, Advice.KEEP, authority="Sở Y tế")
    recall = recalled(work, lot.id, Judge(Side.OFFICE, by), notice)
    judge = Judge(Side.OFFICE, lifter)

    if is_lifted:
        service.lift_recall(work, recall_id=recall.id, judge=judge, lift=DONE)
        assert recall.lifted_role == lifter
        return
    with pytest.raises(HigherRecalled):
        service.lift_recall(work, recall_id=recall.id, judge=judge, lift=DONE)
    assert lot.recalled_since == work.today
    lifted = {
        "lifted_at": work.now,
        "lifted_by": "office",
        "lifted_because": "done",
        "lifted_why": "Xong.",
        "lifted_role": lifter,
        "lifted_rank": rank_of(lifter),
    }
    with pytest.raises(IntegrityError), work.session.begin_nested():
        work.session.execute(update(LotRecall).values(lifted))


def test_an_ended_recall_keeps_no_telephone_and_after_a_while_no_words(work: Work) -> None:
    lot = make_lot(work)
    notice = RecallNotice(
        RecallReason.OTHER, Advice.KEEP, words="Gói hở", remedy=Remedy.REFUND, phone="+84912345678"
    )
    recall = recalled(work, lot.id, notice=notice)
    service.lift_recall(work, recall_id=recall.id, judge=OURS, lift=DONE)
    assert (recall.phone, recall.words, recall.remedy) == ("", "Gói hở", "refund")

    service.forget_recall_words(replace(work, now=work.now + timedelta(days=90)))
    assert recall.words == "Gói hở"
    service.forget_recall_words(replace(work, now=work.now + timedelta(days=91)))

    assert (recall.words, recall.reason, recall.lifted_why) == ("", "other", DONE.words)
    assert reason_words(recall) == "lý do khác"


def test_an_old_recall_that_goes_on_is_listed_before_newer_ones_that_ended(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recall_queries, "SHOWN_AT_ONCE", 1)
    product = make_product(work)
    old, new = (make_lot(work, product=product, code=code) for code in ("A", "B"))
    going_on, over = recalled(work, old.id), recalled(work, new.id)
    service.lift_recall(work, recall_id=over.id, judge=OURS, lift=DONE)

    found = queries.recalls_within(work.session, [Office(1, Role.OPERATOR)])

    assert [one.id for one in found] == [going_on.id]


def test_a_remedy_ends_no_sooner_than_today(work: Work) -> None:
    lot = make_lot(work)
    yesterday = work.today - timedelta(days=1)
    notice = RecallNotice(
        RecallReason.LABEL, Advice.KEEP, "", Remedy.REFUND, yesterday, "+84912345678"
    )

    with pytest.raises(UntilPast):
        recalled(work, lot.id, notice=notice)
    assert lot.recalled_since is None


def test_the_log_hears_which_stamps_in_one_entry_a_run(work: Work) -> None:
    product = make_product(work, enterprise=make_enterprise(work, kind="cooperative"))
    bad, good = (make_lot(work, product=product, code=code) for code in ("A-1", "B-1"))
    one, two = make_batch(work, lot=bad, count=10), make_batch(work, lot=bad, count=4)
    service.activate_stamps(work, batch_id=one.id, first=1, last=3)
    service.move_stamps(work, batch_id=one.id, lot_id=good.id, first=6, last=7)

    recall = recalled(work, bad.id)

    assert spans(work, "recall") == [
        (one.public_id, 1, 5),
        (one.public_id, 8, 10),
        (two.public_id, 1, 4),
    ]
    [first, *_] = told(work, "recall")
    assert {name: first[name] for name in ("recall", "lot", "reason", "by")} == {
        "recall": recall.public_id,
        "lot": "A-1",
        "reason": "spoiled",
        "by": "maker",
    }
    assert "bị ẩm" not in json.dumps(told(work, "recall"), ensure_ascii=False)


def test_the_log_hears_of_the_end_for_every_stamp_it_named_moved_ones_too(work: Work) -> None:
    product = make_product(work, enterprise=make_enterprise(work, kind="cooperative"))
    bad, good = (make_lot(work, product=product, code=code) for code in ("A-1", "B-1"))
    batch = make_batch(work, lot=bad)
    recall = recalled(work, bad.id)
    service.move_stamps(work, batch_id=batch.id, lot_id=good.id, first=9, last=10)

    service.lift_recall(work, recall_id=recall.id, judge=OFFICE, lift=DONE)

    [entry] = told(work, "recall-lift")
    assert (entry["batch"], entry["first"], entry["last"]) == (batch.public_id, 1, 10)
    assert (entry["recall"], entry["reason"], entry["by"]) == (
        recall.public_id,
        "done",
        "officer of province 4",
    )


def test_a_household_s_lot_is_named_so_that_it_can_be_forgotten(work: Work) -> None:
    batch = make_batch(work)
    recalled(work, lot_of(batch))

    [entry] = told(work, "recall")

    assert "lot" not in entry
    assert len(str(entry["lot_hmac"])) == 64


def test_a_lot_without_stamps_is_told_by_itself(work: Work) -> None:
    lot = make_lot(work)
    recalled(work, lot.id)

    assert spans(work, "recall") == [(None, None, None)]


def test_a_batch_made_while_its_lot_was_recalled_tells_so_after_its_own_entry(work: Work) -> None:
    lot = make_lot(work)
    batch = service.begin_batch(work, lot_id=lot.id, count=4)
    recalled(work, lot.id)
    assert spans(work, "recall") == [(None, None, None)]

    service.add_stamps(work, batch_id=batch.id, first=1, count=4)
    service.publish_batch(work, batch_id=batch.id)

    assert spans(work, "recall")[1:] == [(batch.public_id, 1, 4)]
    kinds = work.session.scalars(
        select(LogEntry.kind).where(LogEntry.batch_id == batch.id).order_by(LogEntry.id)
    ).all()
    assert kinds == ["batch", "recall"]


def test_a_proof_reads_no_entries_of_other_stamps(work: Work) -> None:
    batch = make_batch(work, count=40)
    for ordinal in range(2, 40):
        told = service.Told(batch.id, ordinal, ordinal, work.now)
        service.tell_void(work, told, reason="spoiled")
    recalled(work, lot_of(batch))
    service.place_entries(work, limit=100)

    found = queries.batch_entries(work.session, batch.id, ordinal=1)

    assert [one.kind for one in found] == ["key", "batch", "recall"]


def test_which_stamps_an_entry_is_about_stands_beside_its_body(work: Work) -> None:
    batch: StampBatch = make_batch(work)
    recalled(work, lot_of(batch))
    work.session.flush()

    found = work.session.execute(
        select(LogEntry.kind, LogEntry.first, LogEntry.last)
        .where(LogEntry.batch_id == batch.id)
        .order_by(LogEntry.id)
    ).all()

    assert [tuple(row) for row in found] == [("batch", None, None), ("recall", 1, 10)]
