"""What the database knows of the log: which entries have their place, which wait."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from traceability.models import LogEntry, StampBatch

BATCHES_AT_ONCE = 1_000


@dataclass(frozen=True)
class LogExtent:
    """How many entries have a place, and how many of them are known to be published."""

    placed: int
    published: int


@dataclass(frozen=True)
class WaitingEntries:
    """Entries nobody can read yet: how many, and since when the oldest waits."""

    count: int
    since_at: datetime | None


def log_extent(session: Session) -> LogExtent:
    """Places are given from 0 without gaps, and published in their order."""
    last = select(LogEntry.leaf_index).where(LogEntry.leaf_index.is_not(None))
    last = last.order_by(LogEntry.leaf_index.desc()).limit(1)
    placed = session.scalar(last)
    published = session.scalar(last.where(LogEntry.published_at.is_not(None)))
    return LogExtent(0 if placed is None else placed + 1, 0 if published is None else published + 1)


def entry_at(session: Session, leaf_index: int) -> str | None:
    """The body of the entry with this place."""
    return session.scalar(select(LogEntry.body).where(LogEntry.leaf_index == leaf_index))


def entries_from(session: Session, leaf_index: int, *, limit: int) -> Sequence[str]:
    """The bodies of the entries from this place on, in their order."""
    return session.scalars(
        select(LogEntry.body)
        .where(LogEntry.leaf_index >= leaf_index)
        .order_by(LogEntry.leaf_index)
        .limit(limit)
    ).all()


def published_batches(session: Session, *, size: int) -> Iterator[tuple[int, str]]:
    """Place and body of the `batch` entries in a log of `size`, in their order.

    A thousand at a time, each by a statement of its own: readers hold no transaction on PostgreSQL,
    and a cursor of the server's would need one.
    """
    after: int | None = -1
    while after is not None:
        found = session.execute(
            select(LogEntry.leaf_index, LogEntry.body)
            .where(LogEntry.kind == "batch", LogEntry.leaf_index > after)
            .where(LogEntry.leaf_index < size)
            .order_by(LogEntry.leaf_index)
            .limit(BATCHES_AT_ONCE)
        ).all()
        yield from ((index, body) for index, body in found if index is not None)
        after = found[-1][0] if len(found) == BATCHES_AT_ONCE else None


def batches_under_gtins(session: Session) -> dict[int, set[str]]:
    """By enterprise, the public ids of the batches it issued under a GTIN."""
    issued: dict[int, set[str]] = {}
    for enterprise_id, public_id in session.execute(
        select(StampBatch.enterprise_id, StampBatch.public_id).where(
            StampBatch.gtin.is_not(None), StampBatch.state == "issued"
        )
    ):
        issued.setdefault(enterprise_id, set()).add(public_id)
    return issued


def waiting_entries(session: Session) -> WaitingEntries:
    """The entries that are not published yet."""
    found = select(func.count(), func.min(LogEntry.made_at)).where(LogEntry.published_at.is_(None))
    count, since_at = session.execute(found).one()
    return WaitingEntries(count, since_at)


def last_published_at(session: Session) -> datetime | None:
    """When the newest published entry was found to be published."""
    newest = select(LogEntry.published_at).where(LogEntry.published_at.is_not(None))
    return session.scalar(newest.order_by(LogEntry.leaf_index.desc()).limit(1))
