"""Scratch codes: the secret of a batch, and what comes of a number somebody typed."""

import base64
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, or_, select, update

from core import ids
from core.database import insert_new, lock
from core.sealing import SealBroken, Sealer
from core.work import Work
from traceability import rules
from traceability.models import StampBatch, StampScratch
from traceability.queries import StampRow, stamp_row
from traceability.rules import CodeTry, StampState
from traceability.service.checking import Visitor

# What a number is compared with where a stamp has none: the answer takes as long.
_NO_SECRET = bytes(rules.SCRATCH_SECRET_BYTES)


@dataclass(frozen=True)
class Tried:
    """What came of a try: how many are left before a lock, or when the lock ends."""

    result: CodeTry
    left: int = 0
    until: datetime | None = None


def add_scratch_secret(batch: StampBatch, sealer: Sealer) -> None:
    """Give a new batch the secret its scratch codes are made with, sealed for its row alone."""
    secret = base64.b64encode(ids.random_bytes(rules.SCRATCH_SECRET_BYTES)).decode()
    batch.scratch_secret = sealer.seal(secret, about=_about(batch.public_id))


def opened_scratch_secret(sealed: str, batch_public_id: str, sealer: Sealer) -> bytes:
    """The secret of a batch, to print its codes or to judge one.

    Raises:
        SealBroken: it was sealed under a GOC_SECRET_KEY we no longer have.
    """
    return base64.b64decode(sealer.open(sealed, about=_about(batch_public_id)))


def try_scratch_code(
    work: Work, *, serial: int, code: str, visitor: Visitor, sealer: Sealer
) -> Tried:
    """Judge six digits typed for a stamp, and write down what came of it.

    A refusal is an answer here, not an exception: what was counted must be committed.
    """
    # One try after another for each stamp: of a thousand at once none slips by.
    lock(work.session, serial)
    stamp = stamp_row(work.session, serial)
    if stamp is not None and _is_no_buyer(stamp, visitor):
        return Tried(CodeTry.NOT_A_BUYER)
    if stamp is not None and stamp.state not in {StampState.ACTIVE, StampState.DOUBTED}:
        return Tried(CodeTry.NOT_IN_USE)
    row = work.session.get(StampScratch, serial) if stamp is not None else None
    if row is not None and row.locked_until is not None and row.locked_until > work.now:
        return Tried(CodeTry.LOCKED, until=row.locked_until)
    secret = _secret_of(work, stamp, sealer)
    fits = rules.is_scratch_code(secret or _NO_SECRET, serial, code)
    if secret is None or not fits:
        return _wrong(work, serial if stamp is not None else None)
    _confirm(work, serial, visitor)
    return Tried(CodeTry.CONFIRMED)


def _confirm(work: Work, serial: int, visitor: Visitor) -> None:
    """The first one confirms, by one conditional UPDATE; every later one is counted.

    The same form sent twice is one: a buyer on a weak line shall not read that the code was used.
    """
    insert_new(work.session, StampScratch, _new_row(serial))
    of_stamp = update(StampScratch).where(StampScratch.serial == serial)
    confirmed = work.session.execute(
        of_stamp.where(StampScratch.confirmed_at.is_(None))
        .values(
            confirmed_at=work.now,
            device_hash=visitor.device_hash,
            network_hash=visitor.network_hash,
        )
        .returning(StampScratch.serial)
    ).one_or_none()
    if confirmed is not None:
        return
    # Where the first one's network is forgotten nobody can say that this is another.
    is_elsewhere = StampScratch.network_hash != visitor.network_hash
    is_another = or_(
        StampScratch.device_hash.is_distinct_from(visitor.device_hash),
        StampScratch.confirmed_at <= rules.same_typing_since(work.now),
    )
    work.session.execute(
        of_stamp.where(is_another).values(
            again=StampScratch.again + 1,
            again_elsewhere=StampScratch.again_elsewhere + case((is_elsewhere, 1), else_=0),
            again_at=work.now,
        )
    )


def _wrong(work: Work, serial: int | None) -> Tried:
    """Count a wrong number against its stamp, whoever typed it; None: it was never issued."""
    if serial is None:
        return Tried(CodeTry.WRONG, left=rules.FREE_TRIES - 1)
    insert_new(work.session, StampScratch, _new_row(serial))
    wrong = work.session.execute(
        update(StampScratch)
        .where(StampScratch.serial == serial)
        .values(wrong=StampScratch.wrong + 1)
        .returning(StampScratch.wrong)
    ).scalar_one()
    until = rules.locked_until(wrong, work.now)
    if until is None:
        return Tried(CodeTry.WRONG, left=rules.FREE_TRIES - wrong)
    work.session.execute(
        update(StampScratch).where(StampScratch.serial == serial).values(locked_until=until)
    )
    return Tried(CodeTry.LOCKED, until=until)


def _secret_of(work: Work, stamp: StampRow | None, sealer: Sealer) -> bytes | None:
    if stamp is None or not stamp.has_code:
        return None
    public_id, sealed = work.session.execute(
        select(StampBatch.public_id, StampBatch.scratch_secret).where(
            StampBatch.id == stamp.batch_id
        )
    ).one()
    assert sealed is not None, stamp
    try:
        return opened_scratch_secret(sealed, public_id, sealer)
    except SealBroken:
        return None  # The key is lost, and with it all codes: no number is right any more.


def _is_no_buyer(stamp: StampRow, visitor: Visitor) -> bool:
    sells_for = {*visitor.enterprise_ids, *visitor.dealer_ids}
    return visitor.is_officer or stamp.enterprise_id in sells_for


def _new_row(serial: int) -> dict[str, int]:
    return {"serial": serial, "wrong": 0, "again": 0, "again_elsewhere": 0}


def _about(batch_public_id: str) -> str:
    return f"scratch codes of batch {batch_public_id}"
