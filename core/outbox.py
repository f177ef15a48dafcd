"""Announce up: event rows stored in the transaction of what happened, delivered at least once.

The worker (`core/worker.py`) claims rows by lease and calls the handlers of `app/reactions.py`.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base
from core.work import Work


@dataclass(frozen=True)
class Event:
    """What happened, in the past tense. Fields are plain JSON values: ids, numbers, words."""

    name: ClassVar[str]


class OutboxEvent(Base):
    """One thing that happened. `done_at` is set when every handler has had it."""

    __tablename__ = "outbox_event"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        Index("ix_outbox_event_due", "done_at", "failed_at", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    fields: Mapped[dict[str, Any]]
    happened_at: Mapped[datetime]
    by_kind: Mapped[str]
    by_person_id: Mapped[int | None]
    by_enterprise_id: Mapped[int | None]
    due_at: Mapped[datetime]  # Not before: grows with each failed try.
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]  # A worker that died lets go by the clock.
    done_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]  # Given up; `flask jobs retry` clears it.
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
        )
    )
