"""Entries of the log: written in the transaction of what they tell, published by the worker."""

from datetime import datetime

from sqlalchemy import delete, func, select, update

from accounts.queries import Maker, makers
from core import ids
from core.database import insert_new, lock
from core.work import Work
from traceability.models import LogEntry, LogSalt, StampBatch
from traceability.rules.entries import PERSONS, Fields, entry_body, salted

SALT_BYTES = 32
PLACING = 4_717_003  # Of PostgreSQL's advisory locks: two would give one place twice.


def add_entry(
    work: Work,
    kind: str,
    fields: Fields,
    *,
    batch_id: int | None = None,
    at: datetime | None = None,
) -> None:
    """Have an entry published: with the transaction it is there, without it never was.

    `at` is when it happened, where that was not now.
    """
    body = entry_body(kind, at or work.now, fields)
    work.session.add(LogEntry(kind=kind, batch_id=batch_id, body=body, made_at=work.now))


def tell_void(  # The facts of one entry; a bag would hide them.
    work: Work, *, batch_id: int, first: int, last: int, reason: str, at: datetime
) -> None:
    """Have it published that ordinals `first` to `last` of a batch are void. No serial is told."""
    batch = work.session.get(StampBatch, batch_id)
    if batch is None or _maker(work, batch.enterprise_id).is_practice:
        return  # A practice was issued to nobody, and is wiped after a week.
    fields: Fields = {"batch": batch.public_id, "first": first, "last": last, "reason": reason}
    add_entry(work, "void", fields, batch_id=batch_id, at=at)


def named(work: Work, maker: Maker) -> Fields:
    """The enterprise as the log names it. A household's name is a person's: keyed, erasable."""
    if maker.kind not in PERSONS:
        return {"enterprise": maker.public_id, "enterprise_name": maker.name}
    hidden = salted(maker.name, _salt_of(work, maker.id))
    return {"enterprise": maker.public_id, "enterprise_name_hmac": hidden}


def _maker(work: Work, enterprise_id: int) -> Maker:
    return makers(work.session, [enterprise_id])[enterprise_id]


def _salt_of(work: Work, enterprise_id: int) -> bytes:
    wished = select(LogSalt.salt).where(LogSalt.enterprise_id == enterprise_id)
    salt = work.session.scalars(wished).one_or_none()
    if salt is not None:
        return salt
    row = {"enterprise_id": enterprise_id, "salt": ids.random_bytes(SALT_BYTES)}
    insert_new(work.session, LogSalt, row)  # A rival's at the same moment is as good.
    return work.session.scalars(wished).one()


def forget_salt(work: Work, *, enterprise_id: int) -> None:
    """Erase what a closed enterprise's name was keyed with; its entries stay, and prove as before.

    One that goes on keeps it.
    """
    if _maker(work, enterprise_id).is_closed:
        work.session.execute(delete(LogSalt).where(LogSalt.enterprise_id == enterprise_id))


def place_entries(work: Work, *, limit: int) -> None:
    """Give the oldest entries without a place the next ones. Places never change.

    Called by whoever publishes, one at a time.
    """
    lock(work.session, PLACING)
    last = work.session.scalar(select(func.max(LogEntry.leaf_index)))
    waiting = work.session.scalars(
        select(LogEntry).where(LogEntry.leaf_index.is_(None)).order_by(LogEntry.id).limit(limit)
    ).all()
    for index, entry in enumerate(waiting, 0 if last is None else last + 1):
        entry.leaf_index = index


def note_published(work: Work, *, size: int, limit: int) -> bool:
    """Say of up to `limit` entries of a log of `size` that they are published; False: no more."""
    unsaid = (
        select(LogEntry.id)
        .where(LogEntry.published_at.is_(None), LogEntry.leaf_index < size)
        .order_by(LogEntry.id)
        .limit(limit)
    )
    noted = work.session.scalars(
        update(LogEntry)
        .where(LogEntry.id.in_(unsaid))
        .values(published_at=work.now)
        .returning(LogEntry.id)
    ).all()
    return len(noted) == limit
