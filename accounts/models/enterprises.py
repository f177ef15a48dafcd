"""Enterprises (people who make, sell or gather goods) and who belongs to them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base

KINDS = ("household", "household_business", "group", "cooperative", "company")
ROLES = ("director", "seller", "warehouse", "accountant", "grower")


class Enterprise(Base):
    """A household, cooperative group (THT), cooperative (HTX) or company."""

    __tablename__ = "enterprise"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind_known"),
        CheckConstraint(
            "state IN ('draft','submitted','verified','returned','suspended','practice','closed')",
            name="state_known",
        ),
        # One that closed while it was suspended stays known as suspended.
        CheckConstraint(
            "state = 'closed' OR (state = 'suspended') = (suspended_at IS NOT NULL)",
            name="suspended_since",
        ),
        CheckConstraint("version > 0", name="version_positive"),
        Index("ix_enterprise_sort_key", "sort_key"),
        Index("ix_enterprise_place", "province_code", "commune_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    slug_key: Mapped[str] = mapped_column(unique=True)  # First six letters of public_id.
    name: Mapped[str]
    sort_key: Mapped[str]  # Vietnamese order; core.text.fold.sort_key(name).
    kind: Mapped[str]
    # The place as published (it may no longer exist) and the present unit it lies in.
    place_published: Mapped[str]
    former_province: Mapped[str | None]
    province_code: Mapped[str | None]
    commune_code: Mapped[str | None]  # Only from a code, never guessed from an old name.
    hamlet: Mapped[str | None]  # Below the commune, in the maker's own words.
    # Tax code, or the personal number of a household business: for officers, never for buyers.
    number: Mapped[str | None]
    phone: Mapped[str | None]
    phone_shown: Mapped[bool] = mapped_column(default=False)  # The maker agreed to show it.
    is_sample: Mapped[bool] = mapped_column(default=False)  # "Mẫu –": invented for the demo.
    state: Mapped[str] = mapped_column(default="verified")
    submitted_at: Mapped[datetime | None]  # Last sent to the officers of its place.
    suspended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]


class Membership(Base):
    """A person's role in an enterprise."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("enterprise_id", "person_id"),
        CheckConstraint(f"role IN {ROLES}", name="role_known"),
        Index("ix_membership_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str]
    since_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
