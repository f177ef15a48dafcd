"""Alarms: a stamp's checks have become unusual, and its maker was told."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, BigInt


class StampAlarm(Base):
    """One for a stamp, however often it rings; its maker says whose goods they are."""

    __tablename__ = "stamp_alarm"
    __table_args__ = (
        CheckConstraint("answer IN ('ours','not_ours')", name="answer_known"),
        CheckConstraint("rings >= 1", name="rings_positive"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_at_once"),
        Index("ix_stamp_alarm_enterprise", "enterprise_id", "raised_at"),
        Index("ix_stamp_alarm_lot", "lot_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    serial: Mapped[int] = mapped_column(BigInt, unique=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    reasons: Mapped[str]  # Of `rules.copies`, the gravest first, with commas.
    raised_at: Mapped[datetime]  # The last time: an answered one may ring again.
    rings: Mapped[int] = mapped_column(default=1)
    occasions: Mapped[int] = mapped_column(default=0)  # When it rang, then when it was answered.
    # The rule's points are reached, as of the last check.
    is_unusual: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[str | None]  # ours: sold in our shops; not_ours: goods we did not make.
    answered_at: Mapped[datetime | None]
    by_person_id: Mapped[int | None]


class StampAlarmRing(Base):
    """A moment at which an alarm rang: each begins an episode, which its answer ends."""

    __tablename__ = "stamp_alarm_ring"

    alarm_id: Mapped[int] = mapped_column(
        ForeignKey("stamp_alarm.id"), primary_key=True, autoincrement=False
    )
    rung_at: Mapped[datetime] = mapped_column(primary_key=True)
