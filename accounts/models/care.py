"""Officers' care for the makers of an area: who looks after whom, reminders, targets, months."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base

_IS_OPEN = text("ended_at IS NULL")


class Caretaker(Base):
    """Which officer looks after a maker, at most one at a time. It gives no right to anything."""

    __tablename__ = "caretaker"
    __table_args__ = (
        CheckConstraint("ended_at >= since_at", name="ended_after_beginning"),
        Index(
            "uq_caretaker_open",
            "enterprise_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index("ix_caretaker_enterprise", "enterprise_id"),
        Index("ix_caretaker_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    given_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(default="")  # What the next one should know.
    since_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class MakerReminder(Base):
    """When a maker was last reminded by somebody: its key makes two reminders at once one."""

    __tablename__ = "maker_reminder"

    enterprise_id: Mapped[int] = mapped_column(
        ForeignKey("enterprise.id"), primary_key=True, autoincrement=False
    )
    reminded_at: Mapped[datetime]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class GroupAct(Base):
    """One act on several makers: to whom it went, and who was left out and why."""

    __tablename__ = "group_act"
    __table_args__ = (
        CheckConstraint("act IN ('remind','hand_over','extend','leave')", name="act_known"),
        Index("ix_group_act_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    act: Mapped[str]
    went: Mapped[list[int]] = mapped_column(JSON)  # Ids of enterprises.
    left_out: Mapped[dict[str, Any]]  # By the enterprise's id: accounts.care_words says it.
    at: Mapped[datetime]


class AreaTarget(Base):
    """What an area wants to reach in a year, entered by its officer."""

    __tablename__ = "area_target"
    __table_args__ = (
        CheckConstraint("wanted >= 0", name="wanted_not_negative"),
        CheckConstraint("year BETWEEN 2000 AND 2099", name="year_in_bounds"),
    )

    area: Mapped[str] = mapped_column(primary_key=True)  # Code of a commune or province, or "".
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    figure: Mapped[str] = mapped_column(primary_key=True)  # A name of the month's figures.
    wanted: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime]


class AreaMonth(Base):
    """A past month as it was counted when it was over: what is erased later changes it no more."""

    __tablename__ = "area_month"

    area: Mapped[str] = mapped_column(primary_key=True)
    first_on: Mapped[date] = mapped_column(primary_key=True)  # The month's first day.
    figures: Mapped[dict[str, Any]]
    counted_at: Mapped[datetime]
