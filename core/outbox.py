"""Announce up: event rows stored in the transaction of what happened, delivered at least once.

The worker (`core/worker/events.py`) claims rows by lease and calls who stands in
`app/reactions.py`.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar, Self

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Row,
    func,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.audit import record
from core.database import Base
from core.leases import Leased
from core.work import By, Work


@dataclass(frozen=True)
class Event:
    """What happened, in the past tense. Fields are plain JSON values: ids, numbers, words."""

    name: ClassVar[str]


class OutboxEvent(Leased, Base):
    """One thing that happened. `done_at` is set when every handler has had it."""

    __tablename__ = "outbox_event"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        CheckConstraint(
            "dropped_at IS NULL OR failed_at IS NOT NULL", name="dropped_only_if_failed"
        ),
        # Those to decide about are few among many delivered.
        Index(
            "ix_outbox_event_failed",
            "id",
            sqlite_where=text("failed_at IS NOT NULL"),
            postgresql_where=text("failed_at IS NOT NULL"),
        ),
        Index("ix_outbox_event_due", "done_at", "failed_at", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    fields: Mapped[dict[str, Any]]
    happened_at: Mapped[datetime]
    by_kind: Mapped[str]
    by_person_id: Mapped[int | None]
    by_enterprise_id: Mapped[int | None]
    by_consent_id: Mapped[int | None]
    due_at: Mapped[datetime]  # Not before: grows with each failed try.
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]  # A worker that died lets go by the clock.
    done_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]  # Given up; `flask jobs retry` clears it.
    dropped_at: Mapped[datetime | None]  # An operator decided not to deliver it.
    error: Mapped[str | None]


class OutboxHandled(Base):
    """(event, handler): written in the transaction of the handler's effect, so it happens once."""

    __tablename__ = "outbox_handled"

    event_id: Mapped[int] = mapped_column(ForeignKey("outbox_event.id"), primary_key=True)
    handler: Mapped[str] = mapped_column(primary_key=True)
    handled_at: Mapped[datetime]


def announce(work: Work, event: Event) -> None:
    """Store `event` in the transaction of its cause; the worker delivers it after the commit."""
    work.session.add(
        OutboxEvent(
            name=event.name,
            fields=asdict(event),
            happened_at=work.now,
            due_at=work.now,
            by_kind=work.by.kind,
            by_person_id=work.by.person_id,
            by_enterprise_id=work.by.enterprise_id,
            by_consent_id=work.by.consent_id,
        )
    )


@dataclass(frozen=True)
class Happening:
    """A stored event as its handlers read it. `by` is who caused it; the handler's work is ours."""

    id: int
    name: str
    fields: dict[str, Any]
    happened_at: datetime
    by: By

    @classmethod
    def of(cls, row: OutboxEvent) -> Self:
        """The event of a row."""
        by = By(row.by_kind, row.by_person_id, row.by_enterprise_id, row.by_consent_id)
        return cls(row.id, row.name, row.fields, row.happened_at, by)


Handler = Callable[[Work, Happening], None]


def name_of(handler: Handler) -> str:
    """What `outbox_handled` calls a handler: renaming one repeats its undelivered events."""
    return f"{handler.__module__}.{handler.__qualname__}"


def failed_events(
    session: Session, *, dropped: bool = False, limit: int = 1_000
) -> Sequence[OutboxEvent]:
    """The events given up, the oldest first: those nobody has decided about, or those dropped."""
    return session.scalars(
        select(OutboxEvent)
        .where(*_is_failed(dropped=dropped))
        .order_by(OutboxEvent.id)
        .limit(limit)
    ).all()


def failed_event_count(session: Session, *, dropped: bool = False) -> int:
    """How many events are given up."""
    counted = select(func.count()).select_from(OutboxEvent).where(*_is_failed(dropped=dropped))
    return session.scalar(counted) or 0


def retry_event(work: Work, *, event_id: int) -> bool:
    """Give a failed event all its tries again; False: no such failed event.

    One that was dropped can be tried again too.
    """
    retried = work.session.execute(
        update(OutboxEvent)
        .where(OutboxEvent.id == event_id, OutboxEvent.failed_at.is_not(None))
        .values(failed_at=None, dropped_at=None, attempts=0, due_at=work.now, leased_until=None)
        .returning(OutboxEvent.id, OutboxEvent.by_enterprise_id, OutboxEvent.name)
    ).one_or_none()
    if retried is not None:
        _note(work, "retry_event", retried)
    return retried is not None


def drop_event(work: Work, *, event_id: int, because: str) -> bool:
    """Decide that a failed event is not delivered; False: no such event waits for a decision."""
    dropped = work.session.execute(
        update(OutboxEvent)
        .where(OutboxEvent.id == event_id, *_is_failed(dropped=False))
        .values(dropped_at=work.now)
        .returning(OutboxEvent.id, OutboxEvent.by_enterprise_id, OutboxEvent.name)
    ).one_or_none()
    if dropped is not None:
        _note(work, "drop_event", dropped, because)
    return dropped is not None


def _is_failed(*, dropped: bool) -> tuple[ColumnElement[bool], ...]:
    decided = OutboxEvent.dropped_at.is_not(None) if dropped else OutboxEvent.dropped_at.is_(None)
    return OutboxEvent.failed_at.is_not(None), decided


def _note(work: Work, act: str, found: Row[int, int | None, str], because: str = "") -> None:
    record(
        work,
        act=act,
        object_kind="event",
        object_id=found[0],
        enterprise_id=found[1],
        kind=found[2],
        because=because,
    )
