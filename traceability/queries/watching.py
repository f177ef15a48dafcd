"""Published batches for those who watch the log: the newest first, by GTIN and by maker."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from accounts.queries import makers_by_public_id
from traceability.models import LogEntry
from traceability.rules.watched import WatchedBatch, Wish, watched_batch


@dataclass(frozen=True)
class Watched:
    """A page of the batches that are watched, and how many there are of them."""

    batches: Sequence[WatchedBatch]
    total: int


def watched_batches(
    session: Session, wish: Wish, *, size: int, skipped: int, limit: int
) -> Watched:
    """Some of the wished batches in a log of `size`. Three statements."""
    if wish.is_over:
        return Watched((), 0)
    wished = _wished(wish, size)
    total = session.scalar(select(func.count()).select_from(LogEntry).where(wished)) or 0
    if total <= skipped:
        return Watched((), total)
    found = session.execute(
        select(LogEntry.leaf_index, LogEntry.body, LogEntry.maker)
        .where(wished)
        .order_by(LogEntry.leaf_index.desc())
        .offset(skipped)
        .limit(limit)
    ).all()
    known = makers_by_public_id(session, {maker for _, _, maker in found if maker})
    here = {public_id for public_id, maker in known.items() if not maker.is_closed}
    return Watched(
        tuple(
            watched_batch(index, body, is_known=maker in here)
            for index, body, maker in found
            if index is not None
        ),
        total,
    )


def _wished(wish: Wish, size: int) -> ColumnElement[bool]:
    is_batch = and_(LogEntry.kind == "batch", LogEntry.leaf_index < size)
    if wish.gtin:
        is_batch = and_(is_batch, LogEntry.gtin == wish.gtin)
    if wish.maker:
        own = LogEntry.maker == wish.maker
        is_batch = and_(is_batch, or_(own, LogEntry.gtin.in_(wish.own_gtins)))
    return is_batch
