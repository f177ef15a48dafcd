"""Scratch codes as they are typed: confirmed once, counted when wrong. The digits lie nowhere."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, BigInt


class StampScratch(Base):
    """What became of a stamp's hidden number; appears when somebody first types one."""

    __tablename__ = "stamp_scratch"
    __table_args__ = (
        CheckConstraint("wrong >= 0", name="wrong_counted"),
        CheckConstraint("again >= again_elsewhere AND again_elsewhere >= 0", name="again_counted"),
        CheckConstraint("again = 0 OR confirmed_at IS NOT NULL", name="again_after_first"),
        CheckConstraint("(again = 0) = (again_at IS NULL)", name="again_at_known"),
        Index("ix_stamp_scratch_confirmed_at", "confirmed_at"),
        {"sqlite_with_rowid": False},
    )

    serial: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    wrong: Mapped[int] = mapped_column(default=0)  # Ever; each beyond the fifth locks for longer.
    locked_until: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]  # When the right number was typed first. Set once.
    device_hash: Mapped[str | None]  # Of who did; keyed by the stamp, erased after 180 days.
    network_hash: Mapped[str | None]
    again: Mapped[int] = mapped_column(default=0)  # Right, after it was confirmed, by anybody …
    again_elsewhere: Mapped[int] = mapped_column(default=0)  # … from another network than the first
    again_at: Mapped[datetime | None]  # The last time.
