"""One's own account: devices, what waits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import AccountChange, Enterprise, Membership, Person, SignIn
from accounts.names import typed_forms
from accounts.rules import Role
from core.personal import Subject

_ID_LENGTH = 20  # Of a hash of 130 random bits: it tells nothing of the key.


@dataclass(frozen=True)
class Device:
    """A living sign-in of one's own."""

    id: str
    device: str  # Empty where the browser said nothing.
    since_at: datetime
    until_at: datetime
    is_this: bool


@dataclass(frozen=True)
class OwnAccount:
    """What stands on the page of one's own account."""

    name: str
    sign_in: str | None
    has_password: bool


@dataclass(frozen=True)
class WaitingChange:
    """A change of one's own account that can still be stopped."""

    public_id: str
    kind: str  # password | sign_in | factors | hand_over | first_factor
    value: str  # The new number; empty for a password.
    due_at: datetime
    heir_name: str | None  # Of a hand-over.
    enterprise: str | None  # By a paper an officer saw: whose director is meant.
    reason: str  # As that officer wrote it; empty without a paper.


def own_account(session: Session, person_id: int) -> OwnAccount:
    """Name, number and whether there is a password."""
    row = session.execute(
        select(Person.name, Person.sign_in, Person.password_hash).where(Person.id == person_id)
    ).one()
    return OwnAccount(row.name, row.sign_in, row.password_hash is not None)


def password_hash_of(session: Session, person_id: int) -> str | None:
    """The stored hash, to compare one's own password with."""
    return session.scalar(select(Person.password_hash).where(Person.id == person_id))


def devices_of(session: Session, person_id: int, *, key_hash: str, now: datetime) -> list[Device]:
    """Where the person is signed in, the newest first; `key_hash` is of this device."""
    rows = session.scalars(
        select(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.expires_at > now)
        .order_by(SignIn.created_at.desc())
    )
    return [
        Device(
            row.key_hash[:_ID_LENGTH],
            row.device or "",
            row.created_at,
            row.expires_at,
            row.key_hash == key_hash,
        )
        for row in rows
    ]


def waiting_changes(session: Session, person_id: int) -> list[WaitingChange]:
    """Changes of the account that wait, the first due first."""
    rows = session.execute(
        select(AccountChange, Enterprise.name)
        .outerjoin(Enterprise, Enterprise.id == AccountChange.enterprise_id)
        .where(AccountChange.person_id == person_id, AccountChange.ended_at.is_(None))
        .order_by(AccountChange.due_at)
    )
    return [
        WaitingChange(
            row.public_id,
            row.kind,
            (row.value or "") if row.kind in {"sign_in", "hand_over"} else "",
            row.due_at,
            row.heir_name,
            enterprise,
            row.reason or "",
        )
        for row, enterprise in rows
    ]


def subject_of(session: Session, person_id: int) -> Subject:
    """Whom everything held is asked about: the person, their number, where they decide."""
    number = session.scalar(select(Person.sign_in).where(Person.id == person_id))
    rows = session.execute(
        select(Membership.enterprise_id, Membership.role)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None))
        .where(Membership.role.in_((Role.DIRECTOR, Role.ACCOUNTANT)))
        .order_by(Membership.enterprise_id)
    ).all()
    return Subject(
        person_id=person_id,
        number=number,
        typed=typed_forms(number) if number is not None else (),
        directs=tuple(row.enterprise_id for row in rows if row.role == Role.DIRECTOR),
        keeps_books=tuple(row.enterprise_id for row in rows),
    )
