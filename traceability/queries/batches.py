"""Batches and lots: how many stamps there are, in which state, how many may still be issued."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from traceability.models import StampBatch, StampQuota, StampRange


@dataclass(frozen=True)
class BatchCard:
    """A batch with the number of its stamps in each state."""

    id: int
    public_id: str
    lot_id: int
    enterprise_id: int
    count: int
    state: str
    issued_at: datetime
    by_state: dict[str, int] = field(default_factory=dict)


def stamps_left(session: Session, lot_id: int) -> int | None:
    """How many more stamps a lot may bear; None before its first (then: all its units)."""
    return session.scalar(
        select(StampQuota.declared - StampQuota.issued).where(StampQuota.lot_id == lot_id)
    )


def lot_stamps(session: Session, lot_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """For each lot the number of stamps in each state: printed, active, void."""
    counted = session.execute(
        select(
            StampBatch.lot_id,
            StampRange.state,
            func.sum(StampRange.last - StampRange.first + 1),
        )
        .join(StampRange, StampRange.batch_id == StampBatch.id)
        .where(StampBatch.lot_id.in_(lot_ids))
        .group_by(StampBatch.lot_id, StampRange.state)
    )
    found: dict[int, dict[str, int]] = {lot_id: {} for lot_id in lot_ids}
    for lot_id, state, count in counted:
        found[lot_id][state] = int(count)
    return found


def batches_of(session: Session, *, enterprise_id: int, limit: int = 50) -> list[BatchCard]:
    """An enterprise's latest batches, each with its stamps by state."""
    batches = session.scalars(
        select(StampBatch)
        .where(StampBatch.enterprise_id == enterprise_id, StampBatch.state != "discarded")
        .order_by(StampBatch.id.desc())
        .limit(limit)
    ).all()
    states: dict[int, dict[str, int]] = {batch.id: {} for batch in batches}
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
    return [
        BatchCard(
            id=batch.id,
            public_id=batch.public_id,
            lot_id=batch.lot_id,
            enterprise_id=batch.enterprise_id,
            count=batch.count,
            state=batch.state,
            issued_at=batch.issued_at,
            by_state=states[batch.id],
        )
        for batch in batches
    ]
