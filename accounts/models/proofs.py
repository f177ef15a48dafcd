"""Who has shown that a number or an address is theirs."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from accounts.codes import TRIES
from core.database import Base


class Proof(Base):
    """A code asked for by one browser, later what that browser proved; it takes effect once.

    Locked: `wrong_tries` at its limit. Only the code is locked, whoever it was sent to is not.
    """

    __tablename__ = "proof"
    __table_args__ = (
        CheckConstraint(f"wrong_tries >= 0 AND wrong_tries <= {TRIES}", name="tries_bounded"),
        CheckConstraint("used_at IS NULL OR proved_at IS NOT NULL", name="proved_before_used"),
        CheckConstraint("code_hash IS NOT NULL OR proved_at IS NOT NULL", name="code_or_proved"),
        Index("ix_proof_target", "target", "asked_at"),
        Index("ix_proof_asked_at", "asked_at"),
    )

    token_hash: Mapped[str] = mapped_column(primary_key=True)  # SHA-256 of the browser's token.
    purpose: Mapped[str]  # accounts.codes.Purpose
    target: Mapped[str]  # The number or address, as a stored sign-in name.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # Who asks, signed in.
    code_hash: Mapped[str | None]  # None: proved by the password.
    wrong_tries: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    proved_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
