"""What a person agreed to, what waits to be erased, and what stands in its way."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Exists, Select, exists, select
from sqlalchemy.orm import Session, aliased

from accounts.models import Consent, Enterprise, Erasure, Membership, Person, PurposeConsent
from accounts.purposes import Purpose
from accounts.rules import Role


@dataclass(frozen=True)
class DirectedAlone:
    """An enterprise for which nobody but one person can decide."""

    id: int
    public_id: str
    name: str
    has_heir: bool  # Somebody else of it signs in, and could take it over.


def waiting_erasure(session: Session, person_id: int) -> datetime | None:
    """When the account will be erased; None: nobody asked for it."""
    return session.scalar(
        select(Erasure.due_at).where(Erasure.person_id == person_id, Erasure.ended_at.is_(None))
    )


def erased_people() -> Select[int]:
    """Whose week is over and who is erased: ids, to ask with."""
    return select(Erasure.person_id).where(Erasure.outcome == "done")


def directed_alone(session: Session, person_id: int) -> list[DirectedAlone]:
    """Enterprises that officers or buyers know and nobody else could decide for."""
    return _alone(session, person_id, Enterprise.state != "draft")


def drafts_alone(session: Session, person_id: int) -> list[int]:
    """Ids of the drafts that are nobody's but the person's."""
    return [one.id for one in _alone(session, person_id, Enterprise.state == "draft")]


def _alone(session: Session, person_id: int, which: ColumnElement[bool]) -> list[DirectedAlone]:
    rows = session.execute(
        select(
            Enterprise.id,
            Enterprise.public_id,
            Enterprise.name,
            _has_other(person_id).label("heir"),
        )
        .join(Membership, Membership.enterprise_id == Enterprise.id)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None))
        .where(Membership.role == Role.DIRECTOR, which)
        .where(~_has_other(person_id, Role.DIRECTOR))
        .order_by(Enterprise.id)
    )
    return [DirectedAlone(row.id, row.public_id, row.name, bool(row.heir)) for row in rows]


def _has_other(person_id: int, *roles: Role) -> Exists:
    """Somebody else of the enterprise, in one of these roles (else any), can sign in."""
    other = aliased(Membership)
    return exists().where(
        other.enterprise_id == Enterprise.id,
        other.person_id != person_id,
        other.role.in_(roles or tuple(Role)),
        other.ended_at.is_(None),
        other.person_id == Person.id,
        Person.sign_in.is_not(None),
    )


def living_consents_of(session: Session, helper_id: int) -> list[str]:
    """The public ids of consents somebody helps by."""
    rows = select(Consent.public_id).where(
        Consent.helper_id == helper_id,
        Consent.team_id.is_(None),  # A team goes on without them.
        Consent.ended_at.is_(None),
    )
    return list(session.scalars(rows.order_by(Consent.id)))


def purposes_of(session: Session, person_id: int) -> dict[Purpose, PurposeConsent]:
    """What the person agrees to now."""
    rows = session.scalars(
        select(PurposeConsent).where(
            PurposeConsent.person_id == person_id, PurposeConsent.withdrawn_at.is_(None)
        )
    )
    return {Purpose(row.purpose): row for row in rows}
