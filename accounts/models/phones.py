"""Several people behind one telephone."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class PhoneUser(Base):
    """One of those who share a phone: after the number is proved, the own PIN says who it is."""

    __tablename__ = "phone_user"
    __table_args__ = (
        CheckConstraint("wrong_tries >= 0", name="tries_not_negative"),
        Index("ix_phone_user_person", "person_id"),
    )

    phone: Mapped[str] = mapped_column(primary_key=True)  # As a stored sign-in name.
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    pin_hash: Mapped[str]  # argon2id
    wrong_tries: Mapped[int] = mapped_column(default=0)  # Since the last right one.
    locked_until: Mapped[datetime | None]  # The person's PIN on this phone, never for ever.
    since_at: Mapped[datetime]
