"""A place a verified enterprise wants to move to, kept beside the one that is published."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base

_IS_OPEN = text("ended_at IS NULL")


class PlaceChange(Base):
    """Where an enterprise says it is from now on; the officers of the new place look at it.

    What is published stays until they do. The enterprise's `version` is raised with each act on it.
    """

    __tablename__ = "place_change"
    __table_args__ = (
        CheckConstraint("state IN ('waiting','returned','moved','withdrawn')", name="state_known"),
        CheckConstraint(
            "(state IN ('moved','withdrawn')) = (ended_at IS NOT NULL)", name="ended_by_state"
        ),
        CheckConstraint("ended_at >= submitted_at", name="ended_after_asking"),
        CheckConstraint("state <> 'returned' OR length(reason) > 0", name="has_reason"),
        Index(
            "uq_place_change_open",
            "enterprise_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index("ix_place_change_enterprise", "enterprise_id"),
        Index("ix_place_change_place", "province_code", "commune_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    province_code: Mapped[str]
    commune_code: Mapped[str]
    hamlet: Mapped[str | None]
    new_place: Mapped[str]  # In words, as it would be published.
    old_place: Mapped[str]  # As it was published when this was asked for.
    state: Mapped[str] = mapped_column(default="waiting")
    reason: Mapped[str] = mapped_column(default="")  # Why it came back.
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
