"""Who is behind a number or an address."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from accounts.hashing import hash_of_secret
from accounts.models import Person, PhoneUser, Proof


@dataclass(frozen=True)
class PersonBehind:
    """Somebody who uses a phone (or address): its holder, or one of those who share it."""

    person_id: int
    public_id: str
    name: str
    is_holder: bool  # The number is this person's own name to sign in by.
    has_pin: bool


def people_behind(session: Session, target: str) -> list[PersonBehind]:
    """Everybody behind a stored sign-in name, its holder first."""
    rows = session.execute(
        select(Person.id, Person.public_id, Person.name, Person.sign_in, PhoneUser.pin_hash)
        .outerjoin(PhoneUser, and_(PhoneUser.person_id == Person.id, PhoneUser.phone == target))
        .where(or_(Person.sign_in == target, PhoneUser.phone == target))
        .order_by(PhoneUser.since_at, Person.id)
    )
    people = [
        PersonBehind(
            row.id, row.public_id, row.name, row.sign_in == target, row.pin_hash is not None
        )
        for row in rows
    ]
    return sorted(people, key=lambda one: not one.is_holder)


def phones_of(session: Session, person_id: int) -> list[str]:
    """The numbers (or the address) a person is behind: their own first, then shared ones."""
    own = session.scalar(select(Person.sign_in).where(Person.id == person_id))
    shared = session.scalars(
        select(PhoneUser.phone).where(PhoneUser.person_id == person_id).order_by(PhoneUser.since_at)
    )
    return [*([own] if own else []), *(phone for phone in shared if phone != own)]


@dataclass(frozen=True)
class OpenProof:
    """A code asked for or proved by this browser, not used yet."""

    purpose: str
    target: str
    person_id: int | None
    is_proved: bool
    by_code: bool  # Else by the password.


def open_proof(session: Session, *, token: str, now: datetime) -> OpenProof | None:
    """What this browser is proving; None where nothing, or it is over."""
    row = session.execute(
        select(Proof.purpose, Proof.target, Proof.person_id, Proof.proved_at, Proof.code_hash)
        .where(Proof.token_hash == hash_of_secret(token))
        .where(Proof.used_at.is_(None), Proof.expires_at > now)
    ).one_or_none()
    if row is None:
        return None
    return OpenProof(
        row.purpose,
        row.target,
        row.person_id,
        row.proved_at is not None,
        row.code_hash is not None,
    )
