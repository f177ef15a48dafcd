"""What officers looked at before an enterprise may sell, and what they decided."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class EnterpriseReview(Base):
    """One decision of an officer about an enterprise: who sells and from where, never its goods."""

    __tablename__ = "enterprise_review"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('verified','returned','suspended','resumed','moved','move_returned')",
            name="outcome_known",
        ),
        CheckConstraint("level IN ('commune','province','country')", name="level_known"),
        CheckConstraint(
            "outcome NOT IN ('returned','suspended','move_returned') OR length(reason) > 0",
            name="has_reason",
        ),
        Index("ix_enterprise_review_enterprise", "enterprise_id", "reviewed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    level: Mapped[str]  # accounts.turns.Level: the page says "Xã", "Tỉnh" …
    as_deputy: Mapped[bool] = mapped_column(default=False)  # Stood in for an absent officer.
    outcome: Mapped[str]
    looked_at: Mapped[list[str]]  # Names of what was compared: seller, place, papers.
    reason: Mapped[str] = mapped_column(default="")
    enterprise_version: Mapped[int]  # What was on the officer's screen.
    # What it said then: the next look shows what changed since.
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)
    on_time: Mapped[bool | None]  # Within the working days promised; None: it never waited.
    days_left: Mapped[int | None]  # Until the last day promised: 0 on it, below 0 after.
    reviewed_at: Mapped[datetime]
