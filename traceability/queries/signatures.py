"""Stamping keys, and signatures none of them made."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from accounts.queries import makers
from traceability.models import LabelPrint, LogEntry, StampBatch, StampingKey, StampWrongSignature


@dataclass(frozen=True)
class StampingKeyCard:
    """A stamping key as everybody may know it."""

    key: str
    public: str  # Ed25519, base64.
    from_at: datetime
    until_at: datetime | None
    revoked_at: datetime | None
    index: int | None  # Of the log's entry that tells it; None: not placed yet.


@dataclass(frozen=True)
class WrongSignatures:
    """How often, two hours apart at least, a stamp's page was opened with a wrong signature."""

    visits: int
    last_at: datetime


def stamping_keys(session: Session) -> list[StampingKeyCard]:
    """All keys that ever signed stamps, the newest first."""
    told = select(func.min(LogEntry.leaf_index)).where(
        LogEntry.kind == "key", LogEntry.subject == literal("key ") + StampingKey.key
    )
    rows = session.execute(
        select(
            StampingKey.key,
            StampingKey.public,
            StampingKey.from_at,
            StampingKey.until_at,
            StampingKey.revoked_at,
            told.scalar_subquery(),
        ).order_by(StampingKey.id.desc())
    )
    return [StampingKeyCard(*row) for row in rows]


def living_stamping_keys(session: Session) -> Sequence[str]:
    """The names of the keys that may sign now, the newest first."""
    return session.scalars(
        select(StampingKey.key)
        .where(StampingKey.until_at.is_(None))
        .order_by(StampingKey.id.desc())
    ).all()


def makers_of_signed(session: Session) -> dict[str, str]:
    """Maker's name by GTIN, for the batches some of whose labels were printed signed.

    Of a GTIN that two makers printed nobody can say whose a stamp is: it is left out, as are makers
    whose names are shown no more.
    """
    found = session.execute(
        select(StampBatch.gtin, StampBatch.enterprise_id)
        .join(LabelPrint, LabelPrint.batch_id == StampBatch.id)
        .where(LabelPrint.signed, StampBatch.gtin.is_not(None))
        .distinct()
    ).all()
    known = makers(session, {row.enterprise_id for row in found})
    whose = Counter(row.gtin for row in found)
    return {
        row.gtin: known[row.enterprise_id].name
        for row in found
        if whose[row.gtin] == 1 and not known[row.enterprise_id].is_closed
    }


def wrong_signatures(session: Session, serial: int) -> WrongSignatures | None:
    """What is noted of wrong signatures at a stamp."""
    row = session.execute(
        select(StampWrongSignature.visits, StampWrongSignature.last_at).where(
            StampWrongSignature.serial == serial
        )
    ).one_or_none()
    return WrongSignatures(*row) if row else None
