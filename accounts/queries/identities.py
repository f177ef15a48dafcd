"""Whose an e-identity is."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from accounts.models import LinkedIdentity, Membership


def person_of_identity(session: Session, *, issuer: str, subject_hash: str) -> int | None:
    """The id of whose identity it is; None: it opens no account."""
    return session.scalar(
        select(LinkedIdentity.person_id).where(
            LinkedIdentity.issuer == issuer, LinkedIdentity.subject_hash == subject_hash
        )
    )


def own_identity_linked_at(session: Session, person_id: int, *, issuer: str) -> datetime | None:
    """Since when the person has an identity of this issuer; None: they have none."""
    return session.scalar(
        select(LinkedIdentity.linked_at).where(
            LinkedIdentity.person_id == person_id, LinkedIdentity.issuer == issuer
        )
    )


def director_has_identity(session: Session, enterprise_id: int, *, issuer: str) -> bool:
    """Whether a director of the enterprise showed an identity of this issuer. One statement."""
    linked = exists().where(
        Membership.enterprise_id == enterprise_id,
        Membership.role == "director",
        Membership.ended_at.is_(None),
        LinkedIdentity.person_id == Membership.person_id,
        LinkedIdentity.issuer == issuer,
    )
    return bool(session.scalar(select(linked)))
