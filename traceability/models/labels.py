"""Sheets of labels that were asked for: which stamps, on what paper, drawn by which job."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class LabelPrint(Base):
    """One file of labels. It goes with its job after a month; it can be drawn anew."""

    __tablename__ = "label_print"
    __table_args__ = (
        CheckConstraint("first >= 1 AND first <= last", name="first_before_last"),
        CheckConstraint("counted IS NULL OR counted >= 1", name="counted_some"),
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
