"""Who directs an enterprise, and what was asked about it at the office."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from accounts.models import AccountChange, Membership, Person
from accounts.rules import Role
from core.photos.models import Photo

_SHOWN = 5  # What was asked before that says nothing of today.


@dataclass(frozen=True)
class Director:
    """Somebody who directs an enterprise."""

    person_id: int
    public_id: str
    name: str
    sign_in: str | None


@dataclass(frozen=True)
class PaperChange:
    """A change of who directs, or of a director's number, asked for by a paper."""

    public_id: str
    kind: str  # hand_over | sign_in
    director: str
    heir_name: str | None
    number: str  # Empty once it ended.
    reason: str
    due_at: datetime
    ended_at: datetime | None
    outcome: str | None


def directors_of(session: Session, enterprise_id: int) -> list[Director]:
    """Who directs an enterprise, whoever did so first standing first."""
    rows = session.execute(
        select(Person.id, Person.public_id, Person.name, Person.sign_in)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.enterprise_id == enterprise_id, Membership.ended_at.is_(None))
        .where(Membership.role == Role.DIRECTOR)
        .order_by(Membership.since_at, Membership.id)
    )
    return [Director(*row) for row in rows]


def paper_changes(session: Session, enterprise_id: int) -> list[PaperChange]:
    """What was asked about an enterprise by papers, the latest first."""
    rows = session.execute(
        select(AccountChange, Person.name)
        .join(Person, Person.id == AccountChange.person_id)
        .where(AccountChange.enterprise_id == enterprise_id)
        .order_by(AccountChange.asked_at.desc(), AccountChange.id.desc())
        .limit(_SHOWN)
    )
    return [
        PaperChange(
            change.public_id,
            change.kind,
            name,
            change.heir_name,
            change.value or "",
            change.reason or "",
            change.due_at,
            change.ended_at,
            change.outcome,
        )
        for change, name in rows
    ]


def paper_of_change(session: Session, public_id: str) -> tuple[Photo, int] | None:
    """The paper by which something was asked, and about which enterprise."""
    row = session.execute(
        select(Photo, AccountChange.enterprise_id)
        .join(AccountChange, AccountChange.paper_id == Photo.id)
        .where(AccountChange.public_id == public_id)
    ).one_or_none()
    if row is None or row.enterprise_id is None:
        return None
    return row[0], row.enterprise_id


def paper_about(session: Session, public_id: str, *, person_id: int) -> Photo | None:
    """The paper alone, for whom it concerns: who directed, and who directs since."""
    asked = select(Photo).join(AccountChange, AccountChange.paper_id == Photo.id)
    return session.scalars(
        asked.where(
            AccountChange.public_id == public_id,
            or_(AccountChange.person_id == person_id, AccountChange.heir_id == person_id),
        )
    ).one_or_none()
