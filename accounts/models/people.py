"""People, the offices they hold, and their sign-ins."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class Person(Base):
    """A human being. One without `sign_in` exists on paper only."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    sign_in: Mapped[str | None] = mapped_column(unique=True)  # E-mail or +84 phone, lower case.
    name: Mapped[str]
    password_hash: Mapped[str | None]  # argon2id; None until the one-time link was used.
    created_at: Mapped[datetime]


class Appointment(Base):
    """An office: officer of an area (a commune, a province, or everywhere) or operator."""

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint("role IN ('officer','operator')", name="role_known"),
        CheckConstraint(
            "commune_code IS NULL OR province_code IS NOT NULL", name="commune_in_province"
        ),
        CheckConstraint(
            "deputy_for_id IS NULL OR (starts_on IS NOT NULL AND until_on IS NOT NULL)",
            name="deputy_has_days",
        ),
        CheckConstraint("until_on IS NULL OR until_on >= starts_on", name="days_in_order"),
        Index("ix_appointment_person", "person_id"),
        Index("ix_appointment_deputy", "deputy_for_id"),
        Index("ix_appointment_place", "province_code", "commune_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str]
    province_code: Mapped[str | None]  # None: the whole country.
    commune_code: Mapped[str | None]  # None: the whole province.
    since_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    # A deputy stands in for another's appointment on these days alone, both included.
    deputy_for_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
    starts_on: Mapped[date | None]
    until_on: Mapped[date | None]


class SignIn(Base):
    """A sign-in. The cookie carries a random key; only its hash is here."""

    __tablename__ = "sign_in"
    __table_args__ = (
        Index("ix_sign_in_person", "person_id"),
        Index("ix_sign_in_enterprise", "enterprise_id"),
    )

    key_hash: Mapped[str] = mapped_column(primary_key=True)  # SHA-256, hex.
    device: Mapped[str | None]  # accounts.devices: a few words to know it by.
    browser_hash: Mapped[str | None]  # As EnterpriseDevice's; None: before browsers had a mark.
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"))  # Acts for.
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    # When its person last showed here the strongest thing they have; None: remembered device.
    confirmed_at: Mapped[datetime | None]


class PasswordLink(Base):
    """A one-time link to set a password, printed by `flask people add`."""

    __tablename__ = "password_link"
    __table_args__ = (Index("ix_password_link_person", "person_id"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)  # SHA-256, hex.
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]  # Or ended by a newer link or by the use of another.
