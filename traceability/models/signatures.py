"""Keys that sign stamps one by one, and signatures that somebody opened a stamp's page with."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, BigInt


class StampingKey(Base):
    """The public part of a key of the platform's that signs stamps; the private one is a file."""

    __tablename__ = "stamping_key"
    __table_args__ = (
        CheckConstraint("until_at IS NULL OR until_at >= from_at", name="from_before_until"),
        CheckConstraint("revoked_at IS NULL OR until_at IS NOT NULL", name="revoked_has_ended"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)  # What the log calls it: 16 hex of its hash.
    public: Mapped[str]  # Ed25519, base64.
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]  # Signs nothing from then on; what it signed stays good.
    revoked_at: Mapped[datetime | None]  # Somebody else may have had it: it vouches for nothing.


class StampWrongSignature(Base):
    """Looks at a stamp by a code whose signature none of our keys made. They judge nothing."""

    __tablename__ = "stamp_wrong_signature"
    __table_args__ = (CheckConstraint("visits >= 1", name="visits_positive"),)

    serial: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    visits: Mapped[int]  # Two hours apart at least.
    last_at: Mapped[datetime]
