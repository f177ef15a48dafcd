"""Forgetting who sent us something, with the day; until then, hiding in which order they did."""

from sqlalchemy import delete, insert, select

from core import periods
from core.database import dialect_of
from core.giving_way import in_turns
from core.inbound.models import InboundSender, InboundSms
from core.work import WORKER, Work, transaction

PIECE = 500  # On SQLite no transaction may hold the writer for long.


def forget_inbound() -> None:
    """Delete the telephones of days that are over, and the keys of SMS told long ago."""
    with transaction(by=WORKER) as work:
        over = InboundSender.received_on <= work.today - periods.INBOUND.kept
        work.session.execute(delete(InboundSender).where(over))
        _mix_senders(work)
    in_turns(_forget_keys)


def _mix_senders(work: Work) -> None:
    """Write today's telephones anew, all at once and in the order of their hashes.

    PostgreSQL keeps of each row which transaction wrote it and where it lies: that of a telephone
    would stand beside that of the check it asked for. SQLite keeps them in this order anyhow.
    """
    if dialect_of(work.session) != "postgresql":
        return
    columns = InboundSender.__table__.columns
    rows = work.session.execute(delete(InboundSender).returning(*columns)).mappings().all()
    if rows:
        ordered = sorted((dict(row) for row in rows), key=lambda row: str(row["sender_hash"]))
        work.session.execute(insert(InboundSender), ordered)


def _forget_keys() -> bool:
    with transaction(by=WORKER) as work:
        old = InboundSms.received_on < work.today - periods.INBOUND_KEYS.kept
        some = work.session.scalars(select(InboundSms.key_hash).where(old).limit(PIECE)).all()
        work.session.execute(delete(InboundSms).where(InboundSms.key_hash.in_(some)))
        return len(some) == PIECE
