"""For which enterprises somebody may act: those they belong to, help, or practise with."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    Select,
    SQLColumnExpression,
    cast,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from accounts.models import Consent, Enterprise, Membership, Practice
from accounts.rules import Member, Role, Scope


def memberships(session: Session, person_id: int, *, now: datetime) -> tuple[Member, ...]:
    """Whom the person may act for: where they belong, the oldest first; then whom they help."""
    belongs = _acted_for(
        literal(0).label("helps"),
        Membership.since_at.label("since_at"),
        Membership.id.label("id"),
        Membership.role.label("role"),
        cast(null(), BigInteger).label("consent_id"),
        cast(null(), Consent.scopes.type).label("scopes"),
        cast(null(), Consent.until_at.type).label("until_at"),
    ).join(Membership, Membership.enterprise_id == Enterprise.id)
    helps = _acted_for(
        literal(1),
        Consent.asked_at,
        Consent.id,
        literal(Role.HELPER.value),
        Consent.id,
        Consent.scopes,
        Consent.until_at,
    ).join(Consent, Consent.enterprise_id == Enterprise.id)
    practises = _acted_for(
        literal(2),
        Practice.begun_at,
        Enterprise.id,
        literal(Role.LEARNER.value),
        cast(null(), BigInteger),
        cast(null(), Consent.scopes.type),
        Practice.wipe_at,
    ).join(Practice, Practice.enterprise_id == Enterprise.id)
    rows = session.execute(
        union_all(
            belongs.where(Membership.person_id == person_id, Membership.ended_at.is_(None)),
            helps.where(Consent.helper_id == person_id, *is_living(now)),
            practises.where(
                Practice.person_id == person_id,
                Practice.ended_at.is_(None),
                Practice.wipe_at > now,
                Enterprise.state == "practice",
            ),
        ).order_by("helps", "since_at", "id")
    )
    return tuple(_member(row) for row in rows)


def is_living(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions of a consent by which a helper may act at this moment."""
    return Consent.ended_at.is_(None), Consent.until_at > now


def _acted_for(*how: SQLColumnExpression[Any]) -> Select[Any]:
    return select(
        Enterprise.id.label("enterprise_id"),
        Enterprise.public_id,
        Enterprise.name,
        Enterprise.suspended_at,
        *how,
    )


def _member(row: Row[Any]) -> Member:
    return Member(
        row.enterprise_id,
        row.public_id,
        row.name,
        Role(row.role),
        is_suspended=row.suspended_at is not None,
        consent_id=row.consent_id,
        scopes=frozenset(Scope(one) for one in row.scopes or ()),
        until_at=row.until_at,
    )
