"""Batches and lots: how many stamps there are, in which state, how many may still be issued."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from core.jobs import UNFINISHED, Job
from core.rows import rows
from traceability.models import StampBatch, StampQuota, StampRange


@dataclass(frozen=True)
class BatchCard:
    """A batch with the number of its stamps in each state."""

    id: int
    public_id: str
    product_id: int
    lot_id: int | None  # The lot it was issued for; None: a roll.
    enterprise_id: int
    count: int
    state: str
    gtin: str | None
    issued_at: datetime
    by_person_id: int | None
    job_id: int | None
    has_scratch: bool  # Its labels have numbers under scratch layers.
    by_state: dict[str, int] = field(default_factory=dict)


def stamps_left(session: Session, lot_id: int) -> int | None:
    """How many more stamps a lot may bear; None before its first (then: all its units)."""
    return session.scalar(
        select(StampQuota.declared - StampQuota.issued).where(StampQuota.lot_id == lot_id)
    )


def stamps_left_of(session: Session, lot_ids: Collection[int]) -> dict[int, int]:
    """`stamps_left` of many lots; one that never bore a stamp is not in it."""
    found = session.execute(
        select(StampQuota.lot_id, StampQuota.declared - StampQuota.issued).where(
            StampQuota.lot_id.in_(lot_ids)
        )
    )
    return {lot_id: left for lot_id, left in found}  # noqa: C416  # A Row is no pair to mypy.


def lot_stamps(session: Session, lot_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """For each lot the number of stamps in each state: printed, active, void."""
    found: dict[int, dict[str, int]] = {lot_id: {} for lot_id in lot_ids}
    for lot_id, state, count in rows(session, _LOT_STAMPS, lot_ids=lot_ids):
        assert lot_id is not None, "an IN finds no NULL"
        found[lot_id][state] = int(count)
    return found


def batches_of(
    session: Session,
    *,
    enterprise_id: int,
    lot_id: int | None = None,
    state: str | None = None,
    limit: int = 50,
) -> list[BatchCard]:
    """An enterprise's latest batches, each with its stamps by state.

    Of one lot: those issued for it, and those some of whose stamps were bound or moved to it. Of a
    state: those with a stamp in it (of the lot too, where one is named).
    """
    wished = select(StampBatch).where(
        StampBatch.enterprise_id == enterprise_id, StampBatch.state != "discarded"
    )
    of_batch = exists().where(StampRange.batch_id == StampBatch.id)
    if lot_id is not None:
        of_batch = of_batch.where(StampRange.lot_id == lot_id)
        if state is None:
            wished = wished.where(or_(StampBatch.lot_id == lot_id, of_batch))
    if state is not None:
        wished = wished.where(of_batch.where(StampRange.state == state))
    return _cards(
        session, session.scalars(wished.order_by(StampBatch.id.desc()).limit(limit)).all()
    )


def batch_of(session: Session, public_id: str) -> BatchCard | None:
    """The batch the outside knows by this id, also one still being made or given up."""
    found = session.scalars(select(StampBatch).where(StampBatch.public_id == public_id)).all()
    return next(iter(_cards(session, found)), None)


def sealed_scratch_secret(session: Session, batch_id: int) -> str | None:
    """What a batch's scratch codes are made with, sealed; None: it has none."""
    return session.scalar(select(StampBatch.scratch_secret).where(StampBatch.id == batch_id))


def batches_by_id(session: Session, ids: Collection[int]) -> dict[int, BatchCard]:
    """The batches with these ids."""
    found = session.scalars(select(StampBatch).where(StampBatch.id.in_(ids))).all()
    return {card.id: card for card in _cards(session, found)}


@dataclass(frozen=True)
class WaitingLot:
    """A lot with a batch of which no stamp was ever stuck on or cancelled."""

    lot_id: int
    since: datetime  # When the oldest such batch was issued.


def waiting_lots(session: Session, enterprise_ids: Collection[int]) -> list[WaitingLot]:
    """Lots whose makers may have forgotten to report stamps as stuck on, the oldest first."""
    whole = and_(
        StampRange.batch_id == StampBatch.id,
        StampRange.state == "printed",
        StampRange.first == 1,
        StampRange.last == StampBatch.count,
        StampRange.lot_id.is_not(None),
    )
    since = func.min(StampBatch.issued_at)
    found = session.execute(
        select(StampRange.lot_id, since)
        .join(StampBatch, whole)
        .where(StampBatch.enterprise_id.in_(enterprise_ids), StampBatch.state == "issued")
        .group_by(StampRange.lot_id)
        .order_by(since, StampRange.lot_id)
    )
    return [WaitingLot(lot_id, at) for lot_id, at in found if lot_id is not None]


@dataclass(frozen=True)
class WaitingBatch:
    """The printed stamps of one lot in one batch."""

    batch: BatchCard
    printed: int


def waiting_batches(session: Session, *, lot_id: int) -> list[WaitingBatch]:
    """Where a lot's printed stamps are, the oldest batch first."""
    found = session.execute(
        select(StampBatch, func.sum(StampRange.last - StampRange.first + 1))
        .join(StampRange, StampRange.batch_id == StampBatch.id)
        .where(StampRange.lot_id == lot_id, StampRange.state == "printed")
        .where(StampBatch.state == "issued")
        .group_by(StampBatch.id)
        .order_by(StampBatch.id)
    )
    return [WaitingBatch(_card(batch), int(printed)) for batch, printed in found]


def left_behind_batches(session: Session, *, before: datetime) -> list[int]:
    """Batches begun before a moment that no job will go on with, and those whose job was stopped.

    A failed job may still be tried again by the operator until that moment. Lot by lot.
    """
    goes_on = exists().where(Job.id == StampBatch.job_id, Job.state.in_(UNFINISHED))
    stopped = exists().where(Job.id == StampBatch.job_id, Job.state == "cancelled")
    found = session.scalars(
        select(StampBatch.id)
        .where(StampBatch.state == "preparing", ~goes_on)
        .where(or_(StampBatch.issued_at < before, stopped))
        .order_by(StampBatch.lot_id, StampBatch.id)  # As everybody takes the lots' places.
    )
    return list(found)


def discarded_batches(session: Session, *, since: datetime) -> list[int]:
    """Batches begun after a moment and given up: some of their stamps may still be stored."""
    found = session.scalars(
        select(StampBatch.id).where(StampBatch.state == "discarded", StampBatch.issued_at >= since)
    )
    return list(found)


def _cards(session: Session, batches: Sequence[StampBatch]) -> list[BatchCard]:
    states: dict[int, dict[str, int]] = {batch.id: {} for batch in batches}
    if states:
        for batch_id, state, count in session.execute(
            select(
                StampRange.batch_id,
                StampRange.state,
                func.sum(StampRange.last - StampRange.first + 1),
            )
            .where(StampRange.batch_id.in_(states))
            .group_by(StampRange.batch_id, StampRange.state)
        ):
            states[batch_id][state] = int(count)
    return [replace(_card(batch), by_state=states[batch.id]) for batch in batches]


def _card(batch: StampBatch) -> BatchCard:
    return BatchCard(
        id=batch.id,
        public_id=batch.public_id,
        product_id=batch.product_id,
        lot_id=batch.lot_id,
        enterprise_id=batch.enterprise_id,
        count=batch.count,
        state=batch.state,
        gtin=batch.gtin,
        issued_at=batch.issued_at,
        by_person_id=batch.by_person_id,
        job_id=batch.job_id,
        has_scratch=batch.scratch_secret is not None,
    )


_LOT_STAMPS = (
    select(
        StampRange.lot_id,
        StampRange.state,
        func.sum(StampRange.last - StampRange.first + 1),
    )
    .where(StampRange.lot_id.in_(bindparam("lot_ids", expanding=True)))
    .group_by(StampRange.lot_id, StampRange.state)
)
