"""What a producer lets a helper do in the producer's name, and until when."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base

_IS_GIVEN = text("state = 'given'")


class Consent(Base):
    """One asking by a helper and its answer. Living: given, not ended, before `until_at`."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("state IN ('asked','given','refused','ended')", name="state_known"),
        CheckConstraint(
            "state NOT IN ('given','refused') OR decided_at IS NOT NULL", name="decided_since"
        ),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="ended_since"),
        CheckConstraint("until_at > asked_at", name="until_after_asking"),
        Index("ix_consent_helper", "helper_id", "state"),
        Index("ix_consent_enterprise", "enterprise_id", "state"),
        # Whoever asks for more gets a new consent, and the old one ends with it.
        Index(
            "uq_consent_given",
            "enterprise_id",
            "helper_id",
            unique=True,
            sqlite_where=_IS_GIVEN,
            postgresql_where=_IS_GIVEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    helper_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    scopes: Mapped[list[str]]  # accounts.rules.Scope, named to the producer one by one.
    state: Mapped[str] = mapped_column(default="asked")
    asked_at: Mapped[datetime]
    until_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
