"""Sheets of labels that were asked for: which stamps, on what paper, drawn by which job."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base
from traceability.adapters.outputs import Output
from traceability.rules import ReprintReason

REPRINT_REASONS = tuple(str(reason) for reason in ReprintReason)
_IN_USE = text("ended_at IS NULL")
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
        Index("ix_label_print_logo", "logo_id"),
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
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("label_logo.id"))  # None: no logo.
    counted: Mapped[int | None]  # Labels found in the finished file; None before.
    job_id: Mapped[int]
    asked_at: Mapped[datetime]
    by_person_id: Mapped[int | None]
    fetched_at: Mapped[datetime | None]  # Left for the first time: its labels count as printed.
    reprint_reason: Mapped[str | None]  # Why labels are printed again that left before.
    reprint_words: Mapped[str] = mapped_column(default="")  # The maker's own, beside the reason.

    @property
    def output(self) -> Output:
        """What was asked to be made."""
        return Output(
            self.file_format, self.dpi, signed=self.signed, has_logo=self.logo_id is not None
        )


class LabelLogo(Base):
    """A maker's logo for labels: one is in use, earlier ones stay while labels bear them."""

    __tablename__ = "label_logo"
    __table_args__ = (
        Index(
            "uq_label_logo_in_use",
            "enterprise_id",
            unique=True,
            sqlite_where=_IN_USE,
            postgresql_where=_IN_USE,
        ),
        Index("ix_label_logo_enterprise", "enterprise_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    picture: Mapped[bytes]  # Grey, a PNG of traceability.adapters.logo_pictures.
    given_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # Taken off, or another took its place.
