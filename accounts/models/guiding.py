"""Guiding: a helper sees at which step a producer is, and says a sentence or points at a field."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base

LONGEST_NOTE = 200
_IS_OPEN = text("ended_at IS NULL")


class Guiding(Base):
    """One guiding, asked for by the producer; on once the right pair of digits was chosen.

    It holds the name of a page and of a field, never what stands in them. Erased after a day.
    """

    __tablename__ = "guiding"
    __table_args__ = (
        CheckConstraint("until_at > asked_at", name="until_after_asking"),
        CheckConstraint("ended_at >= asked_at", name="ended_after_asking"),
        CheckConstraint("on_at IS NULL OR helper_id IS NOT NULL", name="on_with_helper"),
        CheckConstraint(f"length(note) <= {LONGEST_NOTE}", name="note_is_short"),
        CheckConstraint("notes >= 0", name="notes_not_negative"),
        Index("ix_guiding_helper", "helper_id", "asked_at"),
        Index("ix_guiding_asked_at", "asked_at"),
        Index("ix_guiding_enterprise", "enterprise_id"),
        Index(
            "uq_guiding_open",
            "producer_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    producer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))  # Who asked to be guided.
    helper_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: nobody's number.
    pairs: Mapped[list[str]]  # Three pairs of digits; the first stands on the helper's screen.
    asked_at: Mapped[datetime]
    on_at: Mapped[datetime | None]
    until_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(default="")  # The page the producer is on: its endpoint.
    field: Mapped[str] = mapped_column(default="")  # The name of the field they are in.
    placed_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")  # What the helper said last …
    note_field: Mapped[str] = mapped_column(default="")  # … and pointed at.
    notes: Mapped[int] = mapped_column(default=0)  # How many there were: a poll sees a new one.
