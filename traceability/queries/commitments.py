"""The trees of batches, and what the log says of a batch."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, or_, select, tuple_
from sqlalchemy.orm import Session

from accounts.queries import is_practice
from traceability.models import LogEntry, StampBatch, StampBatchTile, StampCommitment
from traceability.rules.batch_trees import TileKey


@dataclass(frozen=True)
class BatchEntry:
    """An entry about a batch with its place in the log."""

    kind: str
    index: int
    body: str


def uncommitted_batches(session: Session) -> list[int]:
    """Issued batches without a root, the oldest first; a practice is issued to nobody."""
    has_root = (
        select(StampCommitment.batch_id)
        .where(StampCommitment.batch_id == StampBatch.id, StampCommitment.root.is_not(None))
        .exists()
    )
    found = session.scalars(
        select(StampBatch.id)
        .where(StampBatch.state == "issued", ~has_root, ~is_practice(StampBatch.enterprise_id))
        .order_by(StampBatch.id)
    )
    return list(found)


def batch_tiles(session: Session, batch_id: int, keys: Collection[TileKey]) -> dict[TileKey, bytes]:
    """Those of these tiles that a batch's tree has, in one statement."""
    if not keys:
        return {}
    tile = StampBatchTile
    found = session.execute(
        select(tile.level, tile.position, tile.hashes)
        .where(tile.batch_id == batch_id)
        .where(tuple_(tile.level, tile.position).in_(keys))
    )
    return {(row.level, row.position): row.hashes for row in found}


def commitment_of(session: Session, batch_id: int) -> StampCommitment | None:
    """The sealed tree of a batch; None where it has no root yet."""
    mine = StampCommitment.batch_id == batch_id
    sealed = select(StampCommitment).where(mine, StampCommitment.root.is_not(None))
    return session.scalars(sealed).one_or_none()


def printed_site(session: Session, batch_id: int) -> str | None:
    """The site that the addresses of a batch's stamps name, as its leaves say; None: no tree."""
    return session.scalar(
        select(StampCommitment.base_url).where(StampCommitment.batch_id == batch_id)
    )


def batch_entries(session: Session, batch_id: int, *, ordinal: int) -> list[BatchEntry]:
    """What has its place in the log about one stamp, its batch and the key that signed it.

    In the log's order. What was done to other stamps of the batch, however often, is not read.
    """
    signed_by = (
        select(LogEntry.subject)
        .where(LogEntry.batch_id == batch_id, LogEntry.kind == "batch")
        .scalar_subquery()
    )
    about_the_stamp = or_(
        LogEntry.first.is_(None), and_(LogEntry.first <= ordinal, LogEntry.last >= ordinal)
    )
    about_its_key = and_(LogEntry.kind == "key", LogEntry.subject == signed_by)
    found = session.execute(
        select(LogEntry.kind, LogEntry.leaf_index, LogEntry.body)
        .where(or_(and_(LogEntry.batch_id == batch_id, about_the_stamp), about_its_key))
        .where(LogEntry.leaf_index.is_not(None))
        .order_by(LogEntry.leaf_index)
    )
    return [BatchEntry(kind, index, body) for kind, index, body in found if index is not None]
