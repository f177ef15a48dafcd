"""Guidings that neither ended nor ran out, as producer and helper see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from accounts.consent_rules import shown_pairs
from accounts.models import Enterprise, Guiding, Person


@dataclass(frozen=True)
class OpenGuiding:
    """A guiding with the names both sides read. `is_on`: the pair was chosen."""

    public_id: str
    enterprise: str
    producer: str
    helper: str
    helper_id: int | None
    pair: str
    pairs: tuple[str, ...]
    is_on: bool
    until_at: datetime
    place: str
    field: str
    placed_at: datetime | None
    note: str
    note_field: str
    notes: int


def guiding_of(session: Session, producer_id: int, *, now: datetime) -> OpenGuiding | None:
    """The guiding somebody asked for. One statement."""
    return _one(session, _open(now).where(Guiding.producer_id == producer_id))


def guiding(session: Session, public_id: str, *, now: datetime) -> OpenGuiding | None:
    """The guiding of this id."""
    return _one(session, _open(now).where(Guiding.public_id == public_id))


def guidings_for(session: Session, helper_id: int, *, now: datetime) -> list[OpenGuiding]:
    """Who asks somebody to guide them, the newest first."""
    asked = _open(now).where(Guiding.helper_id == helper_id).order_by(Guiding.id.desc())
    return [_guiding(*row) for row in session.execute(asked)]


_HELPER = aliased(Person)


def _open(now: datetime) -> Select[*tuple[Any, ...]]:
    statement: Select[*tuple[Any, ...]] = (
        select(Guiding, Enterprise.name, Person.name, _HELPER.name)
        .join(Enterprise, Enterprise.id == Guiding.enterprise_id)
        .join(Person, Person.id == Guiding.producer_id)
        .outerjoin(_HELPER, _HELPER.id == Guiding.helper_id)
        .where(Guiding.ended_at.is_(None), Guiding.until_at > now)
    )
    return statement


def _one(session: Session, statement: Select[*tuple[Any, ...]]) -> OpenGuiding | None:
    row = session.execute(statement).one_or_none()
    return _guiding(*row) if row is not None else None


def _guiding(row: Guiding, enterprise: str, producer: str, helper: str | None) -> OpenGuiding:
    return OpenGuiding(
        public_id=row.public_id,
        enterprise=enterprise,
        producer=producer,
        helper=helper or "",
        helper_id=row.helper_id,
        pair=row.pairs[0],
        pairs=tuple(shown_pairs(row.pairs)),
        is_on=row.on_at is not None,
        until_at=row.until_at,
        place=row.place,
        field=row.field,
        placed_at=row.placed_at,
        note=row.note,
        note_field=row.note_field,
        notes=row.notes,
    )
