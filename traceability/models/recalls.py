"""Recalls of lots: who called which back since when and why, and who lifted that."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base
from traceability.rules.cases import Side
from traceability.rules.recalls import Advice, LiftReason, RecallReason, Remedy

SIDES = tuple(str(side) for side in Side)
REASONS = tuple(str(reason) for reason in RecallReason)
ADVICE = tuple(str(advice) for advice in Advice)
REMEDIES = tuple(str(remedy) for remedy in Remedy)
LIFT_REASONS = tuple(str(reason) for reason in LiftReason)
_IS_OPEN = text("lifted_at IS NULL")


class LotRecall(Base):
    """One recall of a lot. It says what it said; a lot has one open recall at a time."""

    __tablename__ = "lot_recall"
    __table_args__ = (
        CheckConstraint(f"reason IN {REASONS}", name="reason_known"),
        CheckConstraint(f"advice IN {ADVICE}", name="advice_known"),
        CheckConstraint(f"remedy IN {REMEDIES}", name="remedy_known"),
        CheckConstraint(f"by_side IN {SIDES}", name="by_side_known"),
        CheckConstraint(f"lifted_by IN {SIDES}", name="lifted_by_known"),
        CheckConstraint(f"lifted_because IN {LIFT_REASONS}", name="lifted_because_known"),
        CheckConstraint(
            "reason <> 'other' OR length(words) > 0 OR lifted_at IS NOT NULL",
            name="other_says_what",
        ),
        CheckConstraint("(by_side = 'maker') = (authority = '')", name="office_is_named"),
        CheckConstraint(
            "remedy IS NULL OR length(phone) > 0 OR lifted_at IS NOT NULL",
            name="remedy_has_phone",
        ),
        CheckConstraint("until_on IS NULL OR remedy IS NOT NULL", name="until_of_a_remedy"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_by IS NULL)", name="lifted_by_a_side"),
        CheckConstraint(
            "(lifted_at IS NULL) = (lifted_because IS NULL)", name="lifted_for_a_reason"
        ),
        CheckConstraint("lifted_at IS NULL OR length(lifted_why) > 0", name="lifted_says_why"),
        CheckConstraint("lifted_at IS NULL OR lifted_at >= recalled_at", name="lifted_later"),
        CheckConstraint("lifted_by <> 'maker' OR by_side = 'maker'", name="office_stands"),
        CheckConstraint("by_rank BETWEEN 0 AND 3", name="by_rank_known"),
        CheckConstraint("(by_side = 'maker') = (by_rank = 0)", name="rank_of_side"),
        CheckConstraint("(lifted_by = 'maker') = (lifted_rank = 0)", name="lifted_rank_of_side"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_rank IS NULL)", name="lifted_by_a_rank"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_role IS NULL)", name="lifted_by_a_role"),
        CheckConstraint(
            "lifted_rank > by_rank OR (lifted_rank = by_rank"
            " AND (by_rank = 3 OR lifted_role = by_role))",
            name="lifted_from_above",
        ),
        Index(
            "uq_lot_recall_open",
            "lot_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index("ix_lot_recall_lot", "lot_id", "recalled_at"),
        Index("ix_lot_recall_enterprise", "enterprise_id", "recalled_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    by_side: Mapped[str]
    by_role: Mapped[str]  # As the log names who did it: roles and areas, never people.
    by_rank: Mapped[int]  # rules.recalls.Rank of that role.
    authority: Mapped[str] = mapped_column(default="")  # Whose decision an office carries out.
    reason: Mapped[str]
    # More about the reason, shown to who scans; forgotten some time after the recall is over.
    words: Mapped[str] = mapped_column(default="")
    advice: Mapped[str]
    remedy: Mapped[str | None]  # None: nothing is said of exchange or money.
    until_on: Mapped[date | None]  # The remedy's last day.
    phone: Mapped[str] = mapped_column(default="")  # Given for this recall, gone when it ends.
    recalled_at: Mapped[datetime]
    by_person_id: Mapped[int | None]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[str | None]
    lifted_role: Mapped[str | None]
    lifted_rank: Mapped[int | None]
    lifted_because: Mapped[str | None]
    lifted_why: Mapped[str] = mapped_column(default="")
    lifted_by_person_id: Mapped[int | None]
