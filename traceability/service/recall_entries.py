"""Recalls in the log: an entry for each run of a lot's stamps, so that their proofs carry it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select

from accounts.queries import Maker, makers
from catalog import queries as catalog
from catalog import service as lots
from core.work import Work
from traceability.models import LogEntry, LotRecall, StampBatch, StampRange
from traceability.queries import open_recall
from traceability.rules import Piece, merged
from traceability.rules.entries import Fields
from traceability.rules.recalls import LiftReason
from traceability.service.log_entries import add_entry, private


@dataclass(frozen=True)
class Run:
    """Stamps of one batch that are of the lot, `first` to `last`, whatever their states."""

    batch_id: int
    batch: str  # As the log names it.
    first: int
    last: int


def tell_recall(work: Work, recall: LotRecall, *, product_id: int) -> None:
    """Have it published that a lot is being recalled; without stamps, one entry of the lot alone.

    Of a batch the log does not know yet its own entry comes first (`tell_recalls_before`).
    The lot's row is held: no stamps come to be of it before the commit.
    """
    runs = _runs(work, recall.lot_id)
    _tell(work, recall, _of_recall(work, recall, product_id), runs or [None])


def tell_recalls_before(work: Work, batch: StampBatch) -> None:
    """Have it published that lots of a batch are recalled, where that came before its own entry."""
    of_batch = select(StampRange.lot_id).where(StampRange.batch_id == batch.id)
    for lot_id in lots.recalled_lots(work, of_batch):
        recall = open_recall(work.session, lot_id)
        assert recall is not None, "the lot's row says so, and is held"
        runs = _runs(work, lot_id, StampBatch.id == batch.id)
        _tell(work, recall, _of_recall(work, recall, batch.product_id), runs)


def tell_lift(
    work: Work, recall: LotRecall, *, product_id: int, because: LiftReason, by: str
) -> None:
    """Have it published that a recall is over, of each stamp of which the log says it was recalled.

    Of one that was moved to another lot meanwhile too: its proof carries the recall.
    """
    told = work.session.execute(
        select(LogEntry.batch_id, LogEntry.body)
        .where(LogEntry.subject == _subject(recall), LogEntry.kind == "recall")
        .order_by(LogEntry.id)
    ).all()
    said = {**_of_lot(work, recall, product_id), "reason": because.value, "by": by}
    for batch_id, body in told:
        was = json.loads(body)
        where = {name: was[name] for name in ("batch", "first", "last") if name in was}
        _add(work, recall, "recall-lift", {**said, **where}, batch_id)


def _tell(work: Work, recall: LotRecall, said: Fields, runs: Sequence[Run | None]) -> None:
    if _maker(work, recall).is_practice:
        return  # A practice was issued to nobody, and is wiped after a week.
    for run in runs:
        where: Fields = (
            {} if run is None else {"batch": run.batch, "first": run.first, "last": run.last}
        )
        _add(work, recall, "recall", {**said, **where}, run.batch_id if run else None)


def _add(work: Work, recall: LotRecall, kind: str, fields: Fields, batch_id: int | None) -> None:
    add_entry(work, kind, fields, batch_id=batch_id, subject=_subject(recall))


def _of_recall(work: Work, recall: LotRecall, product_id: int) -> Fields:
    """Words and telephone of people stay out of the log: a reason of the list is enough."""
    said = {"reason": recall.reason, "by": recall.by_role}
    return {**_of_lot(work, recall, product_id), **said}


def _of_lot(work: Work, recall: LotRecall, product_id: int) -> Fields:
    maker = _maker(work, recall)
    goods = catalog.goods_in_log(work.session, product_id=product_id, lot_id=recall.lot_id)
    return {
        "recall": recall.public_id,
        "enterprise": maker.public_id,
        "product": goods.product_public_id,
        **private(work, maker, {"lot": goods.lot_uri_code}),
    }


def _maker(work: Work, recall: LotRecall) -> Maker:
    return makers(work.session, [recall.enterprise_id])[recall.enterprise_id]


def _subject(recall: LotRecall) -> str:
    return f"recall {recall.public_id}"


def _runs(work: Work, lot_id: int, *which: ColumnElement[bool]) -> list[Run]:
    """The lot's stamps by batch, of those the log tells; neighbours of different states as one."""
    is_told = exists().where(LogEntry.batch_id == StampBatch.id, LogEntry.kind == "batch")
    found = work.session.execute(
        select(StampBatch.id, StampBatch.public_id, StampRange.first, StampRange.last)
        .join(StampRange, StampRange.batch_id == StampBatch.id)
        .where(StampRange.lot_id == lot_id, StampBatch.state == "issued", is_told, *which)
        .order_by(StampBatch.id)
    )
    by_batch: dict[tuple[int, str], list[Piece]] = {}
    for batch_id, batch, first, last in found:
        by_batch.setdefault((batch_id, batch), []).append((first, last))
    return [Run(*of, *piece) for of, pieces in by_batch.items() for piece in merged(pieces)]
