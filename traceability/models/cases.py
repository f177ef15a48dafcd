"""Cases of suspected fakes: what became of reports, who concluded what, which stamps it changed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base
from traceability.rules.cases import CaseAct, CaseState, Measure, Side

STATES = tuple(str(state) for state in CaseState)
SIDES = tuple(str(side) for side in Side)
MEASURES = tuple(str(measure) for measure in Measure)
CASE_ACTS = tuple(str(act) for act in CaseAct)
_IS_OPEN = text("state IN ('new','looking')")


class StampCase(Base):
    """One or many reports of a stamp, looked into together. One stamp has one open case."""

    __tablename__ = "stamp_case"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint(f"concluded_by IN {SIDES}", name="concluded_by_known"),
        CheckConstraint(f"measure IN {MEASURES}", name="measure_known"),
        CheckConstraint(
            "(state IN ('new','looking')) = (concluded_at IS NULL)", name="ended_is_dated"
        ),
        CheckConstraint(
            "(concluded_at IS NULL) = (concluded_by IS NULL)", name="concluded_by_a_side"
        ),
        CheckConstraint("(state = 'fake') = (measure IS NOT NULL)", name="fake_has_measure"),
        CheckConstraint("state IN ('new','looking') OR length(why) > 0", name="ended_says_why"),
        Index(
            "uq_stamp_case_open",
            "serial_text",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index("ix_stamp_case_enterprise", "enterprise_id", "state"),
        Index("ix_stamp_case_serial", "serial"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    serial: Mapped[int | None]  # None: a number we never issued.
    serial_text: Mapped[str]
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"))
    state: Mapped[str] = mapped_column(default=CaseState.NEW)
    opened_at: Mapped[datetime]
    opened_by: Mapped[str]  # The side that opened it.
    concluded_at: Mapped[datetime | None]
    concluded_by: Mapped[str | None]  # The side: who it was stands in its entries.
    why: Mapped[str] = mapped_column(default="")  # In the words of whoever concluded.
    measure: Mapped[str | None]  # What a confirmed fake did to stamps.


class StampCaseEntry(Base):
    """One line of a case's history. Rows are only added."""

    __tablename__ = "stamp_case_entry"
    __table_args__ = (
        CheckConstraint(f"act IN {CASE_ACTS}", name="act_known"),
        CheckConstraint(f"side IN {SIDES}", name="side_known"),
        CheckConstraint("act <> 'noted' OR length(words) > 0", name="note_not_empty"),
        Index("ix_stamp_case_entry_case", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("stamp_case.id"))
    at: Mapped[datetime]
    side: Mapped[str]
    by_person_id: Mapped[int | None]
    act: Mapped[str]
    words: Mapped[str] = mapped_column(default="")


class StampCaseRange(Base):
    """Stamps a confirmed case changed by one act, and how they stood before: lifting restores it.

    Lifted once another act undoes that one.
    """

    __tablename__ = "stamp_case_range"
    __table_args__ = (
        CheckConstraint("was_state IN ('active','doubted')", name="was_state_known"),
        Index("ix_stamp_case_range_case", "case_id"),
    )

    act_id: Mapped[int] = mapped_column(
        ForeignKey("stamp_act.id"), primary_key=True, autoincrement=False
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("stamp_case.id"))
    was_state: Mapped[str]
    was_from_at: Mapped[datetime]
    was_by_person_id: Mapped[int | None]
