"""Second factors of one's own, and steps on the way in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.hashing import hash_of_secret
from accounts.models import AccountChange, Factor, Person, RecoveryCode, SecondStep, TrustedDevice


@dataclass(frozen=True)
class OwnFactor:
    """An app or a passkey, as its person knows it."""

    id: int
    public_id: str
    kind: str  # totp | passkey
    name: str
    fingerprint: str
    added_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class Kept:
    """What else stands on the page of second factors."""

    codes_left: int
    devices: int  # Browsers that are not asked for the second thing.


@dataclass(frozen=True)
class WaitingReset:
    """Somebody whose lost factors end at `due_at`, unless they or the operator stop it."""

    public_id: str
    person_id: int
    name: str
    sign_in: str | None
    due_at: datetime


def own_factors(session: Session, person_id: int) -> list[OwnFactor]:
    """The person's factors, the oldest first."""
    rows = session.scalars(select(Factor).where(Factor.person_id == person_id).order_by(Factor.id))
    return [
        OwnFactor(
            row.id,
            row.public_id,
            row.kind,
            row.name,
            row.fingerprint,
            row.added_at,
            row.last_used_at,
        )
        for row in rows
    ]


def kept_for_second(session: Session, person_id: int, *, now: datetime) -> Kept:
    """How many recovery codes are left, and how many browsers are remembered. Two statements."""
    codes = select(func.count()).select_from(RecoveryCode)
    devices = select(func.count()).select_from(TrustedDevice)
    return Kept(
        session.scalars(
            codes.where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
        ).one(),
        session.scalars(
            devices.where(TrustedDevice.person_id == person_id, TrustedDevice.expires_at > now)
        ).one(),
    )


def open_second_step(session: Session, *, token: str, now: datetime) -> int | None:
    """Whose second step this browser holds; None: of nobody, or it is over."""
    return session.scalar(
        select(SecondStep.person_id)
        .where(SecondStep.token_hash == hash_of_secret(token))
        .where(SecondStep.used_at.is_(None), SecondStep.expires_at > now)
    )


def waiting_resets(session: Session) -> list[WaitingReset]:
    """Every end of lost factors that waits, the first due first."""
    rows = session.execute(
        select(
            AccountChange.public_id, Person.id, Person.name, Person.sign_in, AccountChange.due_at
        )
        .join(Person, Person.id == AccountChange.person_id)
        .where(AccountChange.kind == "factors", AccountChange.ended_at.is_(None))
        .order_by(AccountChange.due_at)
    )
    return [WaitingReset(*row) for row in rows]


def with_factor(session: Session, ids: Collection[int]) -> set[int]:
    """Which of these people have a second factor."""
    rows = session.scalars(select(Factor.person_id).where(Factor.person_id.in_(ids)))
    return set(rows)
