"""Changes to an account that wait, so that its owner can stop them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base

_IS_OPEN = text("ended_at IS NULL")


class AccountChange(Base):
    """A new password, number, director or first factor, or the end of lost factors, asked for.

    It takes effect at its time unless somebody stops it.
    """

    __tablename__ = "account_change"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('password','sign_in','factors','hand_over','first_factor')", name="kind_known"
        ),
        CheckConstraint("outcome IN ('done','stopped','replaced','refused')", name="outcome_known"),
        CheckConstraint("(outcome IS NULL) = (ended_at IS NULL)", name="ended_with_outcome"),
        CheckConstraint("(enterprise_id IS NULL) = (paper_id IS NULL)", name="officer_has_paper"),
        CheckConstraint(
            "kind <> 'hand_over' OR (enterprise_id IS NOT NULL AND heir_name IS NOT NULL)",
            name="hand_over_names_heir",
        ),
        Index("ix_account_change_due", "ended_at", "due_at"),
        Index("ix_account_change_enterprise", "enterprise_id"),
        Index("ix_account_change_heir", "heir_id"),
        Index("ix_account_change_paper", "paper_id"),
        Index("ix_account_change_person", "person_id"),
        Index(
            "uq_account_change_enterprise",
            "enterprise_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index(
            "uq_account_change_open",
            "person_id",
            "kind",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    value: Mapped[str | None]  # Hash, number, or factor as JSON (sealed); None once ended.
    # Asked for at the office, with a paper that was seen: for which enterprise, and why.
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"))
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"))
    reason: Mapped[str | None]
    heir_name: Mapped[str | None]  # Of a hand-over: who is to direct.
    heir_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # Who does since.
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # A director, officer.
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
