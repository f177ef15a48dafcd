"""Entries of the log: written in the transaction of what they tell, published by the worker."""

from sqlalchemy import select

from accounts.queries import Maker
from core import ids
from core.database import insert_new
from core.work import Work
from traceability.models import LogEntry, LogSalt
from traceability.rules.entries import PERSONS, Fields, entry_body, salted

SALT_BYTES = 32


def add_entry(work: Work, kind: str, fields: Fields, *, batch_id: int | None = None) -> None:
    """Have an entry published: with the transaction it is there, without it never was."""
    body = entry_body(kind, work.now, fields)
    work.session.add(LogEntry(kind=kind, batch_id=batch_id, body=body, made_at=work.now))


def named(work: Work, maker: Maker) -> Fields:
    """The enterprise as the log names it. A household's name is a person's: keyed, erasable."""
    if maker.kind not in PERSONS:
        return {"enterprise": maker.public_id, "enterprise_name": maker.name}
    hidden = salted(maker.name, _salt_of(work, maker.id))
    return {"enterprise": maker.public_id, "enterprise_name_hmac": hidden}


def _salt_of(work: Work, enterprise_id: int) -> bytes:
    wished = select(LogSalt.salt).where(LogSalt.enterprise_id == enterprise_id)
    salt = work.session.scalars(wished).one_or_none()
    if salt is not None:
        return salt
    row = {"enterprise_id": enterprise_id, "salt": ids.random_bytes(SALT_BYTES)}
    insert_new(work.session, LogSalt, row)  # A rival's at the same moment is as good.
    return work.session.scalars(wished).one()
