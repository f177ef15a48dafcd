"""Practice: which enterprises are only that, whose, and until when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, SQLColumnExpression, exists, select
from sqlalchemy.orm import Session, aliased

from accounts.models import Enterprise, Practice, Training

_PRACTISED = aliased(Enterprise, name="practised")


@dataclass(frozen=True)
class OwnPractice:
    """A person's practice that has neither ended nor run out."""

    enterprise_id: int
    enterprise_public_id: str
    wipe_at: datetime
    training: str  # What it is part of; empty where the person practises alone.


def is_practice(enterprise_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """The condition that an enterprise, by the column that names it, is a learner's practice.

    Whatever is shown to others or counted leaves such enterprises out. Their listings have a
    state of their own (`practice`, never `published`), and so has the enterprise (never
    `verified` or `submitted`): statements that ask for those leave them out by that alone.
    """
    return exists().where(_PRACTISED.id == enterprise_id, _PRACTISED.state == "practice")


def practice_of(session: Session, person_id: int, *, now: datetime) -> OwnPractice | None:
    """What the person practises with at this moment. One statement."""
    row = session.execute(
        select(Practice.enterprise_id, Enterprise.public_id, Practice.wipe_at, Training.name)
        .join(Enterprise, Enterprise.id == Practice.enterprise_id)
        .outerjoin(Training, Training.id == Practice.training_id)
        .where(Practice.person_id == person_id)
        .where(Practice.ended_at.is_(None), Practice.wipe_at > now)
    ).one_or_none()
    return OwnPractice(row[0], row[1], row[2], row[3] or "") if row else None


def overdue_practices(session: Session, *, now: datetime, limit: int) -> list[int]:
    """Ids of enterprises whose practice ran out and that nobody ended, the oldest first."""
    over = (Practice.ended_at.is_(None), Practice.wipe_at <= now)
    ids = select(Practice.enterprise_id).where(*over).order_by(Practice.wipe_at).limit(limit)
    return list(session.scalars(ids))
