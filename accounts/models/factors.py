"""Second factors: what shows who one is besides a password or a code to the number."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from accounts.codes import TRIES
from core.database import Base


class Factor(Base):
    """An authenticator app, or a passkey: a key in a phone, a computer or on a stick."""

    __tablename__ = "factor"
    __table_args__ = (
        CheckConstraint("kind IN ('totp','passkey')", name="kind_known"),
        CheckConstraint("(kind = 'totp') = (last_step IS NOT NULL)", name="totp_has_step"),
        CheckConstraint("(kind = 'passkey') = (sign_count IS NOT NULL)", name="passkey_counts"),
        Index("ix_factor_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    name: Mapped[str]  # The person's own word for it.
    sealed: Mapped[str]  # core.sealing: the app's secret, or the passkey's public key.
    fingerprint: Mapped[str] = mapped_column(unique=True)  # Of the secret; the passkey's id.
    last_step: Mapped[int | None]  # The half minute of the last code taken: it only grows.
    sign_count: Mapped[int | None]  # The passkey's own counter; 0 where it keeps none.
    added_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A code on paper that opens once. A new set takes the place of the one before."""

    __tablename__ = "recovery_code"
    __table_args__ = (Index("ix_recovery_code_person", "person_id"),)

    code_hash: Mapped[str] = mapped_column(primary_key=True)  # Keyed: core.sealing.
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SecondStep(Base):
    """Somebody who has shown the first thing and not yet the second, in one browser."""

    __tablename__ = "second_step"
    __table_args__ = (
        CheckConstraint(f"wrong_tries >= 0 AND wrong_tries <= {TRIES}", name="tries_bounded"),
        Index("ix_second_step_expires_at", "expires_at"),
    )

    token_hash: Mapped[str] = mapped_column(primary_key=True)  # SHA-256 of the browser's token.
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    wrong_tries: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class TrustedDevice(Base):
    """A browser on which one person need not show the second thing again for some days."""

    __tablename__ = "trusted_device"
    __table_args__ = (Index("ix_trusted_device_person", "person_id"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)  # SHA-256, hex.
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime]


class UsedChallenge(Base):
    """A challenge of ours that was answered: the same answer is not taken again."""

    __tablename__ = "used_challenge"
    __table_args__ = (Index("ix_used_challenge_until_at", "until_at"),)

    challenge_hash: Mapped[str] = mapped_column(primary_key=True)  # SHA-256, hex.
    until_at: Mapped[datetime]  # From then on its own expiry refuses it.
