"""For which enterprises somebody may act: those they belong to, help, or practise with."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    Select,
    SQLColumnExpression,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from accounts.models import (
    Appointment,
    Consent,
    Enterprise,
    Membership,
    Practice,
    Team,
    TeamMember,
)
from accounts.rules import Member, Role, Scope


def memberships(session: Session, person_id: int, *, now: datetime) -> tuple[Member, ...]:
    """Whom the person may act for: where they belong, the oldest first; then whom they help.

    Each once: what was given to them alone goes before what was given to a team of theirs.
    """
    rows = session.execute(
        union_all(_belongs(person_id), _helps(person_id, now), _practises(person_id, now)).order_by(
            "helps", "since_at", "id"
        )
    )
    found: dict[int, Member] = {}
    for row in rows:
        found.setdefault(row.enterprise_id, _member(row))
    return tuple(found.values())


def is_living(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions of a consent by which a helper may act at this moment."""
    return Consent.ended_at.is_(None), Consent.until_at > now


def given_to(person_id: int | SQLColumnExpression[int]) -> ColumnElement[bool]:
    """The condition of a consent that was given to a person, or to a team they are in now."""
    return or_(
        and_(Consent.team_id.is_(None), Consent.helper_id == person_id),
        Consent.team_id.in_(teams_of(person_id)),
    )


def teams_of(person_id: int | SQLColumnExpression[int]) -> Select[int]:
    """Ids of the teams a person is in now: neither has left, nor the team ended."""
    return (
        select(TeamMember.team_id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(TeamMember.person_id == person_id, TeamMember.ended_at.is_(None))
        .where(Team.ended_at.is_(None))
        .correlate(Appointment)  # The one whose holder may be asked about.
    )


def _belongs(person_id: int) -> Select[Any]:
    return (
        _acted_for(
            literal(0).label("helps"),
            Membership.since_at.label("since_at"),
            Membership.id.label("id"),
            Membership.role.label("role"),
            cast(null(), BigInteger).label("consent_id"),
            cast(null(), Consent.scopes.type).label("scopes"),
            cast(null(), Consent.until_at.type).label("until_at"),
            literal("").label("team"),
        )
        .join(Membership, Membership.enterprise_id == Enterprise.id)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None))
    )


def _helps(person_id: int, now: datetime) -> Select[Any]:
    return (
        _acted_for(
            case((Consent.team_id.is_(None), 1), else_=2),
            Consent.asked_at,
            Consent.id,
            literal(Role.HELPER.value),
            Consent.id,
            Consent.scopes,
            Consent.until_at,
            func.coalesce(Team.name, ""),
        )
        .join(Consent, Consent.enterprise_id == Enterprise.id)
        .outerjoin(Team, Team.id == Consent.team_id)
        .where(given_to(person_id), *is_living(now))
    )


def _practises(person_id: int, now: datetime) -> Select[Any]:
    return (
        _acted_for(
            literal(3),
            Practice.begun_at,
            Enterprise.id,
            literal(Role.LEARNER.value),
            cast(null(), BigInteger),
            cast(null(), Consent.scopes.type),
            Practice.wipe_at,
            literal(""),
        )
        .join(Practice, Practice.enterprise_id == Enterprise.id)
        .where(Practice.person_id == person_id, Practice.ended_at.is_(None))
        .where(Practice.wipe_at > now, Enterprise.state == "practice")
    )


def _acted_for(*how: SQLColumnExpression[Any]) -> Select[Any]:
    return select(
        Enterprise.id.label("enterprise_id"),
        Enterprise.public_id,
        Enterprise.name,
        Enterprise.suspended_at,
        *how,
    ).where(Enterprise.state != "closed")


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
        team=row.team,
    )
