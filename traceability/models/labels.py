"""Sheets of labels that were asked for: which stamps, on what paper, drawn by which job."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base
from traceability.rules import ReprintReason

REPRINT_REASONS = tuple(str(reason) for reason in ReprintReason)
_FIRST_TIME = text("fetched_at IS NOT NULL AND reprint_reason IS NULL")


class LabelPrint(Base):
    """One file of labels. It goes with its job after a month; it can be drawn anew."""

    __tablename__ = "label_print"
    __table_args__ = (
        CheckConstraint("first >= 1 AND first <= last", name="first_before_last"),
        CheckConstraint("counted IS NULL OR counted >= 1", name="counted_some"),
        CheckConstraint(
            f"reprint_reason IS NULL OR reprint_reason IN {REPRINT_REASONS}",
            name="reprint_reason_known",
        ),
        CheckConstraint(
            "reprint_reason IS NULL OR reprint_reason <> 'other' OR reprint_words <> ''",
            name="other_in_words",
        ),
        # Of the files that begin with a label one alone leaves without a reason.
        Index(
            "uq_label_print_first_time",
            "batch_id",
            "first",
            unique=True,
            sqlite_where=_FIRST_TIME,
            postgresql_where=_FIRST_TIME,
        ),
        Index("ix_label_print_batch", "batch_id", "first"),
        Index("ix_label_print_enterprise", "enterprise_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("stamp_batch.id"))
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    first: Mapped[int]
    last: Mapped[int]
    paper: Mapped[str]  # A key of traceability.adapters.papers.
    file_format: Mapped[str] = mapped_column(default="pdf")  # Of traceability.adapters.outputs.
    dpi: Mapped[int] = mapped_column(default=300)  # Dots an inch of the printer it is for.
    signed: Mapped[bool] = mapped_column(default=False)  # Codes carry their own signatures.
    counted: Mapped[int | None]  # Labels found in the finished file; None before.
    job_id: Mapped[int]
    asked_at: Mapped[datetime]
    by_person_id: Mapped[int | None]
    fetched_at: Mapped[datetime | None]  # Left for the first time: its labels count as printed.
    reprint_reason: Mapped[str | None]  # Why labels are printed again that left before.
    reprint_words: Mapped[str] = mapped_column(default="")  # The maker's own, beside the reason.
