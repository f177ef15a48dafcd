"""Browsers from which people act for an enterprise."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class EnterpriseDevice(Base):
    """A browser on which a member came to act for an enterprise; ended, it counts no more."""

    __tablename__ = "enterprise_device"
    __table_args__ = (
        CheckConstraint("known_at >= since_at", name="known_later"),
        Index(
            "uq_enterprise_device_living",
            "enterprise_id",
            "browser_hash",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_enterprise_device_enterprise", "enterprise_id", "known_at"),
        Index("ix_enterprise_device_person", "person_id"),
        Index("ix_enterprise_device_seen_at", "seen_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))  # Who first came with it.
    browser_hash: Mapped[str]  # Keyed (core.sealing), of the browser's own random cookie.
    device: Mapped[str]  # accounts.devices: a few words to know it by; may be empty.
    since_at: Mapped[datetime]
    known_at: Mapped[datetime]  # From then on it counts as used before: accounts.device_rules.
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
