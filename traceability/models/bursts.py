"""Bursts: many stamps of a batch checked from one network, set aside and shown to the maker."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class StampBurst(Base):
    """When, and how many stamps. No network, no address and no place: none is kept.

    Its checks bear its id; what the maker answers decides whether alarms heed them.
    """

    __tablename__ = "stamp_burst"
    __table_args__ = (
        CheckConstraint("answer IN ('ours','not_ours')", name="answer_known"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_at_once"),
        CheckConstraint("stamps >= 1", name="stamps_positive"),
        CheckConstraint("until_at >= began_at", name="ends_later"),
        Index("ix_stamp_burst_enterprise", "enterprise_id", "began_at"),
        Index("ix_stamp_burst_batch", "batch_id"),
        Index("ix_stamp_burst_until_at", "until_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("stamp_batch.id"))
    opening_token: Mapped[str] = mapped_column(unique=True)  # Of its first check.
    began_at: Mapped[datetime]
    until_at: Mapped[datetime]  # Of its last check so far.
    stamps: Mapped[int]
    answer: Mapped[str | None]  # ours: we, or a shop of ours; not_ours: nobody we know.
    answered_at: Mapped[datetime | None]
    by_person_id: Mapped[int | None]
