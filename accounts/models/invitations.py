"""Invitations to belong to an enterprise."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models.enterprises import ROLES
from core.database import Base


class Invitation(Base):
    """One person is asked to join, by name; open until answered, withdrawn or `expires_at`."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint(f"role IN {ROLES}", name="role_known"),
        CheckConstraint(
            "answer IN ('accepted','refused','withdrawn') OR answer IS NULL", name="answer_known"
        ),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_since"),
        CheckConstraint(
            "(answer IS NOT NULL AND answer = 'accepted') = (accepted_by_id IS NOT NULL)",
            name="accepted_by_somebody",
        ),
        CheckConstraint("expires_at > created_at", name="expires_after_creation"),
        Index("ix_invitation_enterprise", "enterprise_id", "answered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)  # The link is derived from it, not stored.
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    role: Mapped[str]
    name: Mapped[str]  # As the inviter says it: "chị Mai".
    sign_in: Mapped[str | None]  # Only whoever signs in so may accept; None: whoever has the link.
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
