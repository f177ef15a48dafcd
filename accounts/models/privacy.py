"""What a person agreed to, purpose by purpose, and that an account is to be erased."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from accounts.purposes import Purpose
from core.database import Base

PURPOSES = tuple(each.value for each in Purpose)
_IS_OPEN = text("ended_at IS NULL")
_IS_GIVEN = text("withdrawn_at IS NULL")


class PurposeConsent(Base):
    """One agreement to one purpose, in the words of one version; withdrawn, it stays as proof."""

    __tablename__ = "purpose_consent"
    __table_args__ = (
        CheckConstraint(f"purpose IN {PURPOSES}", name="purpose_known"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint("withdrawn_at >= given_at", name="given_before_withdrawn"),
        Index(
            "uq_purpose_consent_given",
            "person_id",
            "purpose",
            unique=True,
            sqlite_where=_IS_GIVEN,
            postgresql_where=_IS_GIVEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str]
    version: Mapped[int]  # Of the words agreed to.
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Erasure(Base):
    """Somebody asked to be erased; it happens at its time unless they stop it."""

    __tablename__ = "erasure"
    __table_args__ = (
        CheckConstraint("outcome IN ('done','stopped','refused')", name="outcome_known"),
        CheckConstraint("(outcome IS NULL) = (ended_at IS NULL)", name="ended_with_outcome"),
        CheckConstraint("due_at > asked_at", name="due_after_asking"),
        Index("ix_erasure_due", "ended_at", "due_at"),
        Index(
            "uq_erasure_open",
            "person_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    closes: Mapped[list[str]]  # Public ids of the enterprises to close with the account.
