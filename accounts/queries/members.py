"""Who belongs to an enterprise, and who was asked to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Enterprise, Invitation, Membership, Person
from accounts.rules import Role
from core.text.alphabet import sort_key
from core.text.fold import fold

MEMBERS_A_PAGE = 25


@dataclass(frozen=True)
class MemberLine:
    """A member as the others of the enterprise see them."""

    enterprise_id: int
    person_id: int
    public_id: str
    name: str
    role: Role
    sign_in: str | None  # None: on paper.
    since_at: datetime


@dataclass(frozen=True)
class OpenInvitation:
    """Somebody asked to join who has not answered."""

    enterprise_id: int
    public_id: str
    name: str
    role: Role
    sign_in: str | None
    expires_at: datetime


@dataclass(frozen=True)
class InvitationCard:
    """What the invited person reads."""

    enterprise_name: str
    inviter: str
    name: str
    role: Role
    is_addressed: bool
    is_open: bool


_BY_ROLE = (Role.DIRECTOR, Role.SELLER, Role.WAREHOUSE, Role.ACCOUNTANT, Role.GROWER)


def members(session: Session, enterprise_id: int, *, words: str = "") -> list[MemberLine]:
    """Everybody who belongs there today and whose name holds `words`, by role: growers last."""
    rows = session.execute(
        _MEMBERS.where(Membership.enterprise_id == enterprise_id, Membership.ended_at.is_(None))
    )
    wanted = fold(words)
    found = [_line(row._asdict()) for row in rows]
    named = [one for one in found if wanted in fold(one.name)]
    return sorted(named, key=lambda one: (_BY_ROLE.index(one.role), sort_key(one.name)))


def names_and_roles(session: Session, enterprise_id: int) -> list[tuple[int, str, Role]]:
    """(person id, name, role) of everybody who belongs there today, as they came."""
    rows = session.execute(
        select(Membership.person_id, Person.name, Membership.role)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.enterprise_id == enterprise_id, Membership.ended_at.is_(None))
        .order_by(Membership.id)
    )
    return [(row.person_id, row.name, Role(row.role)) for row in rows]


def role_on_paper(session: Session, enterprise_id: int, person_id: int) -> Role | None:
    """The role there of somebody without a way to sign in; None of anybody else."""
    role = session.scalar(
        select(Membership.role)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.enterprise_id == enterprise_id, Membership.person_id == person_id)
        .where(Membership.ended_at.is_(None), Person.sign_in.is_(None))
    )
    return Role(role) if role is not None else None


def member(session: Session, enterprise_id: int, public_id: str) -> MemberLine | None:
    """One member of this enterprise by the person's public id."""
    row = session.execute(
        _MEMBERS.where(
            Membership.enterprise_id == enterprise_id, Membership.ended_at.is_(None)
        ).where(Person.public_id == public_id)
    ).one_or_none()
    return _line(row._asdict()) if row else None


def members_after(
    session: Session, enterprise_id: int, *, after: str, limit: int
) -> list[MemberLine]:
    """At most `limit` members whose public ids come after `after`, in their order."""
    rows = session.execute(
        _MEMBERS.where(Membership.enterprise_id == enterprise_id, Membership.ended_at.is_(None))
        .where(Person.public_id > after)
        .order_by(Person.public_id)
        .limit(limit)
    )
    return [_line(row._asdict()) for row in rows]


def open_invitations(
    session: Session, enterprise_id: int, *, now: datetime
) -> list[OpenInvitation]:
    """Who was asked and may still accept, the latest first."""
    rows = session.scalars(
        select(Invitation)
        .where(Invitation.enterprise_id == enterprise_id, Invitation.answered_at.is_(None))
        .where(Invitation.expires_at > now)
        .order_by(Invitation.id.desc())
        .limit(100)
    )
    return [_open(row) for row in rows]


def open_invitation(session: Session, public_id: str, *, now: datetime) -> OpenInvitation | None:
    """One invitation that may still be accepted."""
    row = session.scalars(
        select(Invitation)
        .where(Invitation.public_id == public_id, Invitation.answered_at.is_(None))
        .where(Invitation.expires_at > now)
    ).one_or_none()
    return _open(row) if row else None


def invitation_card(session: Session, public_id: str, *, now: datetime) -> InvitationCard | None:
    """What the link of an invitation shows, answered or not."""
    row = session.execute(
        select(Invitation, Enterprise.name, Person.name)
        .join(Enterprise, Enterprise.id == Invitation.enterprise_id)
        .join(Person, Person.id == Invitation.created_by_id)
        .where(Invitation.public_id == public_id)
    ).one_or_none()
    if row is None:
        return None
    invitation, enterprise_name, inviter = row
    return InvitationCard(
        enterprise_name=enterprise_name,
        inviter=inviter,
        name=invitation.name,
        role=Role(invitation.role),
        is_addressed=invitation.sign_in is not None,
        is_open=invitation.answered_at is None and invitation.expires_at > now,
    )


_MEMBERS = select(
    Membership.enterprise_id,
    Person.id.label("person_id"),
    Person.public_id,
    Person.name,
    Membership.role,
    Person.sign_in,
    Membership.since_at,
).join(Person, Person.id == Membership.person_id)


def _line(values: dict[str, object]) -> MemberLine:
    return MemberLine(**{**values, "role": Role(str(values["role"]))})  # type: ignore[arg-type]  # The columns of _MEMBERS.


def _open(row: Invitation) -> OpenInvitation:
    return OpenInvitation(
        row.enterprise_id, row.public_id, row.name, Role(row.role), row.sign_in, row.expires_at
    )
