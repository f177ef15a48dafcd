"""Print codes: sheets handed to a clerk who has no account, and what came of the print."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base
from traceability.rules import CodeState

STATES = tuple(str(state) for state in CodeState)


class PrintCode(Base):
    """One code for one label print. It is fetched once: `open` is left once and never entered."""

    __tablename__ = "print_code"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint(
            "(state IN ('fetched','answered')) = (fetched_at IS NOT NULL)", name="fetched_at_known"
        ),
        CheckConstraint("(fetched_at IS NULL) = (token_hash IS NULL)", name="fetched_by_one"),
        CheckConstraint("(state = 'answered') = (answered_at IS NOT NULL)", name="answered_known"),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="ended_known"),
        CheckConstraint(
            "(answered_at IS NULL) = (spoiled_count IS NULL)", name="answer_says_how_many"
        ),
        CheckConstraint("spoiled_count IS NULL OR spoiled_count >= 0", name="spoiled_counted"),
        CheckConstraint(
            "settled_at IS NULL OR (spoiled_count IS NOT NULL AND spoiled_count > 0)",
            name="settled_if_spoiled",
        ),
        CheckConstraint("(state = 'open') = (sealed_code IS NOT NULL)", name="readable_if_open"),
        CheckConstraint("expires_at > made_at", name="lives"),
        Index("ix_print_code_label_print", "label_print_id"),
        Index(
            "uq_print_code_open",
            "label_print_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_print_code_enterprise", "enterprise_id", "state"),
        Index("ix_print_code_expires_at", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    label_print_id: Mapped[int] = mapped_column(ForeignKey("label_print.id"))
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    code_hash: Mapped[str] = mapped_column(unique=True)  # Keyed: nobody tries codes against it.
    sealed_code: Mapped[str | None]  # For its maker to read again, while it is open.
    print_place: Mapped[str] = mapped_column(
        default=""
    )  # Where its maker means to have it printed.
    state: Mapped[str] = mapped_column(default=CodeState.OPEN)
    made_at: Mapped[datetime]
    by_person_id: Mapped[int | None]
    expires_at: Mapped[datetime]
    fetched_at: Mapped[datetime | None]
    token_hash: Mapped[str | None]  # Of the browser that downloaded, keyed by this code.
    ended_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    spoiled_count: Mapped[int | None]  # 0: all came out well.
    settled_at: Mapped[datetime | None]  # The maker has dealt with the spoiled ones.


class SpoiledLabels(Base):
    """Ordinals `first` to `last` of the batch: labels the clerk named as spoiled."""

    __tablename__ = "spoiled_labels"
    __table_args__ = (CheckConstraint("first >= 1 AND first <= last", name="first_before_last"),)

    print_code_id: Mapped[int] = mapped_column(
        ForeignKey("print_code.id"), primary_key=True, autoincrement=False
    )
    first: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
