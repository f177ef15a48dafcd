"""Checks of stamps, their sums, and what people report. No address, no agent: keyed hashes only."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, BigInt

_BEGINS_OCCASION = text("at = occasion_at")
_NAMES_A_PLACE = text("commune_code IS NOT NULL")


class StampTally(Base):
    """Sums for one stamp, appearing with its first counted check."""

    __tablename__ = "stamp_tally"
    __table_args__ = (
        CheckConstraint("checks >= occasions AND occasions >= 1", name="occasions_in_checks"),
        CheckConstraint("early_days BETWEEN 0 AND 15", name="early_days_in_bounds"),
        {"sqlite_with_rowid": False},
    )

    serial: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    checks: Mapped[int]
    occasions: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    early_days: Mapped[int] = mapped_column(default=0)  # Days with one, in 14 of activation.


class StampEarlyVisit(Base):
    """People who looked at a stamp that was not active: never counted, but told when it is."""

    __tablename__ = "stamp_early_visit"
    __table_args__ = (CheckConstraint("visits >= 1", name="visits_positive"),)

    serial: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    visits: Mapped[int]  # Two hours apart at least: one person reloading is one visit.
    last_at: Mapped[datetime]


class StampCheck(Base):
    """One counted check. Append-only; the key begins with the day, so old days can go."""

    __tablename__ = "stamp_check"
    __table_args__ = (
        Index("ix_stamp_check_device", "serial", "device_hash", "at"),
        Index("ix_stamp_check_network", "serial", "network_hash", "at"),
        # Occasions alone: the rows that sums count.
        Index(
            "ix_stamp_check_enterprise",
            "enterprise_id",
            "day",
            "lot_id",
            sqlite_where=_BEGINS_OCCASION,
            postgresql_where=_BEGINS_OCCASION,
        ),
        {"sqlite_with_rowid": False},
    )

    day: Mapped[date] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(primary_key=True)  # Its first letters say the day.
    serial: Mapped[int]
    at: Mapped[datetime]
    device_hash: Mapped[str | None]  # Keyed by the stamp; erased after 180 days.
    network_hash: Mapped[str | None]
    occasion_at: Mapped[datetime]  # When the occasion it belongs to began.
    found: Mapped[dict[str, Any]]  # The numbers judged, so that the result can be shown again.
    browser_hash: Mapped[str | None]  # The device without its address: a phone on the move.
    # The stamp's own, so that sums touch one enterprise's rows alone.
    enterprise_id: Mapped[int | None]
    lot_id: Mapped[int | None]
    burst_id: Mapped[int | None]  # Of a `StampBurst`; gone with the hashes.


class StampClaim(Base):
    """“Tôi đã mua món này”, tapped by a browser at one stamp; the row goes after 180 days."""

    __tablename__ = "stamp_claim"
    __table_args__ = (
        CheckConstraint("occasions >= 1", name="occasions_positive"),
        Index("ix_stamp_claim_claimed_at", "claimed_at"),
        # Those that name a place alone: what a maker's map reads.
        Index(
            "ix_stamp_claim_enterprise",
            "enterprise_id",
            "claimed_at",
            sqlite_where=_NAMES_A_PLACE,
            postgresql_where=_NAMES_A_PLACE,
        ),
        {"sqlite_with_rowid": False},
    )

    serial: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    token_hash: Mapped[str] = mapped_column(primary_key=True)  # The browser's, keyed by the stamp.
    claimed_at: Mapped[datetime]
    occasions: Mapped[int]  # Of the stamp by then: later ones are others'.
    network_hash: Mapped[str]  # Keyed by the stamp, as those of checks.
    commune_code: Mapped[str | None]  # Where the visitor says to be; asked for, never guessed.
    # The stamp's own, so that a maker's map touches one enterprise's rows alone.
    enterprise_id: Mapped[int | None]
    lot_id: Mapped[int | None]


class StampReport(Base):
    """“Có gì không ổn?”: what somebody saw, with a number to ask about it."""

    __tablename__ = "stamp_report"
    __table_args__ = (
        CheckConstraint("length(text) > 0", name="text_not_empty"),
        CheckConstraint("state IN ('new','seen','closed')", name="state_known"),
        CheckConstraint("price_vnd > 0", name="price_positive"),
        Index("ix_stamp_report_enterprise", "enterprise_id", "reported_at"),
        Index("ix_stamp_report_serial_text", "serial_text"),
        Index("ix_stamp_report_case", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    serial: Mapped[int | None]  # None: a number we never issued.
    serial_text: Mapped[str]
    enterprise_id: Mapped[int | None]
    lot_id: Mapped[int | None]  # The stamp's when it was reported.
    text: Mapped[str]
    place: Mapped[str] = mapped_column(default="")  # Where it was seen, as typed.
    commune_code: Mapped[str | None]  # Of that place, where it was named wholly.
    shop: Mapped[str] = mapped_column(default="")  # The shop's name and address, or its page.
    price_vnd: Mapped[int | None]  # Asked for one.
    case_id: Mapped[int | None] = mapped_column(ForeignKey("stamp_case.id"))
    network_hash: Mapped[str | None]  # Keyed by the stamp; erased after 180 days.
    contact: Mapped[str] = mapped_column(default="")  # Personal; erased when closed.
    state: Mapped[str] = mapped_column(default="new")  # What the office did with it.
    seen_by_maker_at: Mapped[datetime | None]  # All that whom it is about can do with it.
    reported_at: Mapped[datetime]


class StampReportPhoto(Base):
    """A photo sent with a report; it goes with the photo, 180 days later at the latest."""

    __tablename__ = "stamp_report_photo"
    __table_args__ = (Index("ix_stamp_report_photo_report", "report_id"),)

    photo_id: Mapped[int] = mapped_column(
        ForeignKey("photo.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    report_id: Mapped[int] = mapped_column(ForeignKey("stamp_report.id"))
