"""Entries of the log: written in the transaction of what they tell, published by the worker."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update

from accounts.queries import Maker, makers
from catalog import queries as catalog
from core import ids
from core.database import insert_new, lock
from core.work import Work
from traceability.models import LogEntry, LogSalt, StampBatch, StampRange
from traceability.rules import StampState
from traceability.rules.entries import (
    PERSONS,
    Fields,
    Ruling,
    entry_body,
    ruling_fields,
    salted,
)

SALT_BYTES = 32
PLACING = 4_717_003  # Of PostgreSQL's advisory locks: two would give one place twice.


def add_entry(
    work: Work,
    kind: str,
    fields: Fields,
    *,
    batch_id: int | None = None,
    at: datetime | None = None,
    subject: str | None = None,
) -> None:
    """Have an entry published: with the transaction it is there, without it never was.

    `at` is when it happened, where that was not now; `subject` finds it again (`LogEntry`).
    """
    body = entry_body(kind, at or work.now, fields)
    is_batch = kind == "batch"
    entry = LogEntry(
        kind=kind,
        batch_id=batch_id,
        first=fields.get("first"),
        last=fields.get("last"),
        subject=subject,
        gtin=fields.get("gtin") if is_batch else None,
        maker=fields.get("enterprise") if is_batch else None,
        body=body,
        made_at=work.now,
    )
    work.session.add(entry)


@dataclass(frozen=True)
class Told:
    """What happened to ordinals `first` to `last` of a batch, and when. No serial is ever told."""

    batch_id: int
    first: int
    last: int
    at: datetime


def tell_void(work: Work, told: Told, *, reason: str) -> None:
    """Have it published that stamps are void."""
    _tell(work, "void", told, lambda _batch: {"reason": reason})


def tell_correction(
    work: Work, told: Told, *, from_lot_id: int | None, to_lot_id: int | None
) -> None:
    """Have it published that printed stamps are of another lot now; None: of none."""

    def lots(batch: StampBatch) -> Fields:
        was, now = (
            catalog.goods_in_log(work.session, product_id=batch.product_id, lot_id=lot_id)
            for lot_id in (from_lot_id, to_lot_id)
        )
        codes = {"from_lot": was.lot_uri_code, "to_lot": now.lot_uri_code}
        maker = _maker(work, batch.enterprise_id)
        return {**private(work, maker, codes), "to_lot_units": now.lot_units}

    _tell(work, "correct", told, lots)


def note_verdict(work: Work, told: Told, ruling: Ruling) -> None:
    """Have it published that somebody set a verdict upon stamps, or lifted it: roles, no names.

    Called in the transaction of the act; the entry is about the batch, so proofs carry it.
    """
    _tell(work, "verdict", told, lambda _batch: ruling_fields(ruling))


def tell_acts_before(work: Work, batch: StampBatch) -> None:
    """Have it published what became of stamps before their batch stood in the log.

    A proof shows what follows its batch: without this a stamp cancelled earlier looked untouched.
    """
    for one in work.session.scalars(
        select(StampRange).where(StampRange.batch_id == batch.id).order_by(StampRange.first)
    ).all():
        told = Told(batch.id, one.first, one.last, one.from_at)
        if one.lot_id != batch.lot_id:
            tell_correction(work, told, from_lot_id=batch.lot_id, to_lot_id=one.lot_id)
        if one.state == StampState.VOID:
            tell_void(work, told, reason=one.reason or "")


def private(work: Work, maker: Maker, texts: Mapping[str, str | None]) -> Fields:
    """Texts of a maker as the log may hold them: a household's are a person's, keyed, erasable."""
    if maker.kind not in PERSONS:
        return texts
    # What is still told of a closed one is keyed with what nobody keeps: its salt is erased once.
    salt = ids.random_bytes(SALT_BYTES) if maker.is_closed else _salt_of(work, maker.id)
    return {
        f"{name}_hmac": None if text is None else salted(text, salt) for name, text in texts.items()
    }


def _tell(work: Work, kind: str, told: Told, more: Callable[[StampBatch], Fields]) -> None:
    batch = work.session.get(StampBatch, told.batch_id)
    if batch is None or _maker(work, batch.enterprise_id).is_practice:
        return  # A practice was issued to nobody, and is wiped after a week.
    fields = {"batch": batch.public_id, "first": told.first, "last": told.last, **more(batch)}
    add_entry(work, kind, fields, batch_id=batch.id, at=told.at)


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
    ids = (
        select(LogEntry.id)
        .where(LogEntry.leaf_index.is_(None))
        .order_by(LogEntry.id)
        .limit(limit)
        .subquery()
    )
    waiting = select(ids.c.id, func.row_number().over(order_by=ids.c.id).label("number")).subquery()
    # In one statement: thousands of single ones held SQLite's writer for a second and more.
    work.session.execute(
        update(LogEntry)
        .where(LogEntry.id == waiting.c.id)
        .values(leaf_index=(-1 if last is None else last) + waiting.c.number)
        .execution_options(synchronize_session=False)
    )


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


def note_unpublished(work: Work, *, limit: int) -> bool:
    """Say of up to `limit` entries that no log holds them yet, their places kept; False: no more.

    For a log that begins anew: it is the same tree under another name.
    """
    said = select(LogEntry.id).where(LogEntry.published_at.is_not(None)).limit(limit)
    noted = work.session.scalars(
        update(LogEntry)
        .where(LogEntry.id.in_(said))
        .values(published_at=None)
        .returning(LogEntry.id)
    ).all()
    return len(noted) == limit
