"""What people did, and what was refused to them: append-only rows for officers and for disputes.

The worker seals each row into a chain of hashes after its commit (`core/audit_chain/`).
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, Select, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.database import Base
from core.figures import Span
from core.work import Work


class AuditEntry(Base):
    """One act. No foreign key points here; the key begins with the day, so old days can go."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        CheckConstraint(
            "(number IS NULL) = (hash IS NULL) AND (number IS NULL) = (hash_before IS NULL)",
            name="sealed_wholly",
        ),
        Index("ix_audit_entry_enterprise", "enterprise_id", "at"),
        Index("uq_audit_entry_number", "number", unique=True),
        # What waits for its seal is found at once, however long the chain has grown.
        Index(
            "ix_audit_entry_waiting",
            "at",
            sqlite_where=text("number IS NULL"),
            postgresql_where=text("number IS NULL"),
        ),
    )

    day: Mapped[date] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    act: Mapped[str]  # issue_stamps, publish_product, …
    refused: Mapped[bool] = mapped_column(default=False)
    object_kind: Mapped[str]
    object_id: Mapped[int]
    enterprise_id: Mapped[int | None]  # Whose object it is.
    by_kind: Mapped[str]
    by_person_id: Mapped[int | None]
    by_enterprise_id: Mapped[int | None]
    by_consent_id: Mapped[int | None]  # A helper acted for the enterprise by this consent.
    details: Mapped[dict[str, Any]]
    number: Mapped[int | None]  # Its place in the chain, from 1; None until it is sealed.
    hash_before: Mapped[str | None]  # Of the entry with the number before.
    hash: Mapped[str | None]


def record(
    work: Work,
    *,
    act: str,
    object_kind: str,
    object_id: int,
    enterprise_id: int | None,
    refused: bool = False,
    **details: object,
) -> None:
    """Append one entry in the transaction of the act (a refusal: in one of its own).

    Of a program's act the entry names the token: it stays when the token is long deleted.
    """
    work.session.add(
        AuditEntry(
            day=work.today,
            public_id=work.new_public_id(),
            at=work.now,
            act=act,
            refused=refused,
            object_kind=object_kind,
            object_id=object_id,
            enterprise_id=enterprise_id,
            by_kind=work.by.kind,
            by_person_id=work.by.person_id,
            by_enterprise_id=work.by.enterprise_id,
            by_consent_id=work.by.consent_id,
            details=details | ({"token": work.by.token} if work.by.token else {}),
        )
    )


def last_act_on(
    session: Session, *, enterprise_id: int, object_kind: str, object_id: int
) -> str | None:
    """What was done last to a thing of an enterprise; None where nothing is recorded."""
    return session.scalar(
        select(AuditEntry.act)
        .where(AuditEntry.enterprise_id == enterprise_id, ~AuditEntry.refused)
        .where(AuditEntry.object_kind == object_kind, AuditEntry.object_id == object_id)
        .order_by(AuditEntry.at.desc())
        .limit(1)
    )


def refusals_of(
    session: Session,
    *,
    acts: Collection[str],
    enterprise_ids: Select[int],
    since: date,
    limit: int,
) -> list[AuditEntry]:
    """What was refused to some enterprises since a day, of these acts, the latest first."""
    rows = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.enterprise_id.in_(enterprise_ids), AuditEntry.day >= since)
        .where(AuditEntry.act.in_(acts), AuditEntry.refused)
        .order_by(AuditEntry.at.desc(), AuditEntry.public_id)
        .limit(limit)
    )
    return list(rows)


def entries_of(
    session: Session, *, enterprise_id: int, person_id: int | None, after: int, limit: int
) -> list[AuditEntry]:
    """What was done to what belongs to an enterprise, the latest first; by one person or by all.

    `after` so many are left out: those of the pages before.
    """
    entries = select(AuditEntry).where(
        AuditEntry.enterprise_id == enterprise_id, ~AuditEntry.refused
    )
    if person_id is not None:
        entries = entries.where(AuditEntry.by_person_id == person_id)
    newest = entries.order_by(AuditEntry.at.desc(), AuditEntry.public_id.desc())
    return list(session.scalars(newest.offset(after).limit(limit)))


def entry_of(session: Session, *, enterprise_id: int, public_id: str) -> AuditEntry | None:
    """One thing that was done to what belongs to an enterprise; None where it has no such entry."""
    return session.scalars(
        select(AuditEntry).where(
            AuditEntry.enterprise_id == enterprise_id,
            AuditEntry.public_id == public_id,
            ~AuditEntry.refused,
        )
    ).one_or_none()


def people_of(session: Session, *, enterprise_id: int) -> list[int]:
    """The ids of everybody who did something to what belongs to an enterprise."""
    rows = session.scalars(
        select(AuditEntry.by_person_id)
        .where(AuditEntry.enterprise_id == enterprise_id, ~AuditEntry.refused)
        .where(AuditEntry.by_person_id.is_not(None))
        .distinct()
    )
    return [id_ for id_ in rows if id_ is not None]


def acts_on(session: Session, *, act: str, enterprise_ids: Select[int], span: Span) -> int:
    """How often an act was done to what belongs to some enterprises, in some days."""
    counted = session.scalar(
        select(func.count())
        .select_from(AuditEntry)
        .where(AuditEntry.enterprise_id.in_(enterprise_ids), ~AuditEntry.refused)
        .where(AuditEntry.act == act)
        .where(AuditEntry.day >= span.first_on, AuditEntry.day <= span.last_on)
    )
    return counted or 0


def shares_of(
    session: Session, *, enterprise_ids: Select[int], since: date
) -> dict[int, tuple[int, int]]:
    """By enterprise: the acts of its people since a day, and those of them done by a helper."""
    rows = session.execute(
        select(AuditEntry.by_enterprise_id, func.count(), func.count(AuditEntry.by_consent_id))
        .where(AuditEntry.by_enterprise_id.in_(enterprise_ids), ~AuditEntry.refused)
        .where(AuditEntry.enterprise_id == AuditEntry.by_enterprise_id, AuditEntry.day >= since)
        .group_by(AuditEntry.by_enterprise_id)
    )
    return {id_: (acts, helped) for id_, acts, helped in rows if id_ is not None}


def months_of_many(
    session: Session, *, enterprise_ids: Select[int], since: date
) -> list[tuple[date, int, int]]:
    """As `months_of`, for all of some enterprises together."""
    return _by_month(
        session,
        _OWN_ACTS.where(AuditEntry.enterprise_id.in_(enterprise_ids), AuditEntry.day >= since),
    )


def months_of(session: Session, *, enterprise_id: int, since: date) -> list[tuple[date, int, int]]:
    """By month: its first day, the acts of people, and those of them done by a helper."""
    return _by_month(
        session,
        _OWN_ACTS.where(AuditEntry.enterprise_id == enterprise_id, AuditEntry.day >= since),
    )


def _by_month(session: Session, days: Select[date, int, int]) -> list[tuple[date, int, int]]:
    months: dict[date, tuple[int, int]] = {}
    for day, acts, helped in session.execute(days.group_by(AuditEntry.day)):
        first = day.replace(day=1)
        before = months.get(first, (0, 0))
        months[first] = (before[0] + acts, before[1] + helped)
    return [(first, *months[first]) for first in sorted(months)]


# Acts for the enterprise they were done to, by its people or a helper; no officer's.
_OWN_ACTS = select(AuditEntry.day, func.count(), func.count(AuditEntry.by_consent_id)).where(
    AuditEntry.by_enterprise_id == AuditEntry.enterprise_id, ~AuditEntry.refused
)
