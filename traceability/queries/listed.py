"""An enterprise's batches and labels piece by piece in the order of public ids, for programs."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from traceability.models import LabelPrint, Stamp, StampBatch, StampRange
from traceability.queries.batches import BatchCard, batches_by_id


@dataclass(frozen=True)
class PlacedStamp:
    """A stamp, its number in the batch and its state."""

    serial: int
    ordinal: int
    state: str


def batches_after(
    session: Session,
    enterprise_id: int,
    *,
    after: str,
    limit: int,
    lot_id: int | None = None,
) -> list[BatchCard]:
    """At most `limit` batches whose public ids come after `after`, of one lot or of all.

    Of one lot: those issued for it, and those some of whose stamps became its own. Those given up
    before they were made are left out. Three statements.
    """
    mine = select(StampBatch.id).where(
        StampBatch.enterprise_id == enterprise_id,
        StampBatch.state != "discarded",
        StampBatch.public_id > after,
    )
    if lot_id is not None:
        here = exists().where(StampRange.batch_id == StampBatch.id, StampRange.lot_id == lot_id)
        mine = mine.where(or_(StampBatch.lot_id == lot_id, here))
    ids: Sequence[int] = session.scalars(mine.order_by(StampBatch.public_id).limit(limit)).all()
    found = batches_by_id(session, ids)
    return [found[each] for each in ids]


def label_prints_after(
    session: Session, batch_id: int, *, after: str, limit: int
) -> Sequence[LabelPrint]:
    """At most `limit` files of labels of a batch whose public ids come after `after`."""
    return session.scalars(
        select(LabelPrint)
        .where(LabelPrint.batch_id == batch_id, LabelPrint.public_id > after)
        .order_by(LabelPrint.public_id)
        .limit(limit)
    ).all()


def stamps_between(session: Session, batch_id: int, *, first: int, last: int) -> list[PlacedStamp]:
    """The stamps `first` to `last` of an issued batch, ascending, cancelled ones too."""
    found = session.execute(
        select(Stamp.serial, Stamp.ordinal, StampRange.state)
        .join(
            StampRange,
            and_(
                StampRange.batch_id == Stamp.batch_id,
                StampRange.first <= Stamp.ordinal,
                StampRange.last >= Stamp.ordinal,
            ),
        )
        .where(Stamp.batch_id == batch_id, Stamp.ordinal.between(first, last))
        .order_by(Stamp.ordinal)
    )
    return [PlacedStamp(*row) for row in found]
