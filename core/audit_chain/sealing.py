"""The one sequencer: the worker seals entries after their commit, so that no writer waits."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.audit import AuditEntry
from core.audit_chain.digest import BEFORE_FIRST, hash_of
from core.audit_chain.heads import Head, head_file
from core.database import lock
from core.giving_way import in_turns
from core.work import WORKER, reading, transaction

PIECE = 500  # On SQLite no transaction may hold the writer for long.
LOCK = 4_717_001  # Of PostgreSQL's advisory locks: two sealers would give one number twice.


def seal() -> None:
    """Put every committed entry into the chain, then keep the head beside the database.

    A crash between the two leaves a head that the next run keeps.
    """
    in_turns(_seal_some)
    with reading() as session:
        head = last_head(session)
    if head is not None:
        head_file().keep(head)


def last_head(session: Session) -> Head | None:
    """The end of the chain; None before the first entry."""
    row = session.execute(
        select(AuditEntry.number, AuditEntry.hash)
        .where(AuditEntry.number.is_not(None))
        .order_by(AuditEntry.number.desc())
        .limit(1)
    ).one_or_none()
    return Head(row.number, row.hash) if row else None


def _seal_some() -> bool:
    with transaction(by=WORKER) as work:
        lock(work.session, LOCK)
        waiting = work.session.scalars(
            select(AuditEntry)
            .where(AuditEntry.number.is_(None))
            .order_by(AuditEntry.at, AuditEntry.public_id)
            .limit(PIECE)
        ).all()
        head = last_head(work.session) or Head(0, BEFORE_FIRST)
        for entry in waiting:
            number, hash_before = head.number + 1, head.hash
            head = Head(number, hash_of(entry, number=number, hash_before=hash_before))
            entry.number, entry.hash_before, entry.hash = number, hash_before, head.hash
        return len(waiting) == PIECE
