"""Enterprises before their officers: what waits, and what was decided before."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import Session

from accounts.models import Enterprise, EnterpriseReview, Membership, Person
from accounts.queries.turns import in_area, lies_with
from accounts.rules import Office, Role


@dataclass(frozen=True)
class JudgedEnterprise:
    """An enterprise as its officer sees it."""

    id: int
    public_id: str
    name: str
    kind: str
    number: str | None  # Personal or tax number: for whoever compares it, never for buyers.
    place_published: str
    province_code: str | None
    commune_code: str | None
    phone: str | None
    state: str
    version: int
    submitted_at: datetime | None
    directors: str | None  # Their names, joined by commas; None where nobody directs.


@dataclass(frozen=True)
class EnterpriseDecision:
    """What an officer decided about an enterprise, and about which words."""

    level: str
    as_deputy: bool
    outcome: str
    looked_at: tuple[str, ...]
    reason: str
    reviewed_at: datetime
    said: dict[str, Any] = field(default_factory=dict)


def waiting_enterprise_count(
    session: Session, offices: Collection[Office], *, now: datetime | None = None
) -> int:
    """How many enterprises wait in these areas; with `now`, only those that lie there by then."""
    waiting = _waiting(offices, now).with_only_columns(func.count(), maintain_column_froms=True)
    return session.scalar(waiting) or 0


def waiting_enterprises(
    session: Session,
    offices: Collection[Office],
    *,
    limit: int,
    after: int = 0,
    now: datetime | None = None,
) -> list[JudgedEnterprise]:
    """What waits, as `waiting_enterprise_count` counts it, the oldest first. One statement."""
    oldest = _waiting(offices, now).order_by(Enterprise.submitted_at, Enterprise.id)
    return [JudgedEnterprise(*row) for row in session.execute(oldest.limit(limit).offset(after))]


def judged_enterprise(session: Session, public_id: str) -> JudgedEnterprise | None:
    """The enterprise of this id, unless it never left its people."""
    asked: Select[*tuple[Any, ...]] = select(*_COLUMNS).where(
        Enterprise.public_id == public_id, Enterprise.state.not_in(("draft", "practice"))
    )
    row = session.execute(asked).one_or_none()
    return JudgedEnterprise(*row) if row else None


def decisions(session: Session, enterprise_id: int) -> list[EnterpriseDecision]:
    """Everything officers decided about an enterprise, the latest first. One statement."""
    return [_decision(row) for row in session.scalars(_newest(enterprise_id))]


def last_verification(session: Session, enterprise_id: int) -> EnterpriseDecision | None:
    """What was compared when the enterprise was last let sell. One statement."""
    verified = _newest(enterprise_id).where(EnterpriseReview.outcome == "verified")
    row = session.scalar(verified.limit(1))
    return _decision(row) if row else None


def _newest(enterprise_id: int) -> Select[EnterpriseReview]:
    return (
        select(EnterpriseReview)
        .where(EnterpriseReview.enterprise_id == enterprise_id)
        .order_by(EnterpriseReview.reviewed_at.desc(), EnterpriseReview.id.desc())
    )


def _decision(row: EnterpriseReview) -> EnterpriseDecision:
    return EnterpriseDecision(
        row.level,
        row.as_deputy,
        row.outcome,
        tuple(row.looked_at),
        row.reason,
        row.reviewed_at,
        row.said,
    )


def _waiting(offices: Collection[Office], now: datetime | None) -> Select[*tuple[Any, ...]]:
    waiting: Select[*tuple[Any, ...]] = select(*_COLUMNS).where(
        Enterprise.state == "submitted",
        or_(false(), *(Enterprise.id.in_(_ids_in(each)) for each in offices)),
    )
    if now is None:
        return waiting
    # The statement of `lies_with` speaks of an enterprise of its own: this one goes by its id.
    asked = select(_ASKED.c.id).where(
        lies_with(offices, enterprise_id=_ASKED.c.id, sent_at=_ASKED.c.sent_at, now=now)
    )
    return waiting.where(Enterprise.id.in_(asked))


def _ids_in(office: Office) -> Select[int]:
    return select(Enterprise.id).where(*in_area(office))


_DIRECTORS = (
    select(func.aggregate_strings(Person.name, ", "))
    .join(Membership, Membership.person_id == Person.id)
    .where(Membership.enterprise_id == Enterprise.id, Membership.ended_at.is_(None))
    .where(Membership.role == Role.DIRECTOR)
    .correlate(Enterprise)
    .scalar_subquery()
)
_COLUMNS = (  # In the order of the fields of JudgedEnterprise.
    Enterprise.id,
    Enterprise.public_id,
    Enterprise.name,
    Enterprise.kind,
    Enterprise.number,
    Enterprise.place_published,
    Enterprise.province_code,
    Enterprise.commune_code,
    Enterprise.phone,
    Enterprise.state,
    Enterprise.version,
    Enterprise.submitted_at,
    _DIRECTORS,
)
_ASKED = (
    select(
        Enterprise.id,
        func.coalesce(Enterprise.submitted_at, Enterprise.created_at).label("sent_at"),
    )
    .where(Enterprise.state == "submitted")
    .subquery("asked")
)
