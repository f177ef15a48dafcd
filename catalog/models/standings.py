"""OCOP recognitions and certificates: facts with a decision, a date and an authority."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class Recognition(Base):
    """What is known of a product's OCOP rank; `catalog.rules` decides what may be said today."""

    __tablename__ = "recognition"
    __table_args__ = (
        CheckConstraint("stars IS NULL OR stars BETWEEN 1 AND 5", name="stars_1_to_5"),
        CheckConstraint("stage IN ('recognised','lapsed','filed','none')", name="stage_known"),
        CheckConstraint(
            "valid_until IS NULL OR decided_on IS NOT NULL", name="validity_needs_date"
        ),
        Index("ix_recognition_product", "product_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    stage: Mapped[str]
    stars: Mapped[int | None]
    decision: Mapped[str | None]  # Number as printed: "377/QĐ-BNN-VPĐP"
    authority: Mapped[str | None]
    decided_on: Mapped[date | None]
    decided_year: Mapped[int | None]  # Known without a date: never enough for "in force".
    valid_until: Mapped[date | None]  # Last day in force: 36 months from the decision.
    source_url: Mapped[str | None]


class Certificate(Base):
    """A paper about a product or an enterprise (VietGAP, food safety), with its end."""

    __tablename__ = "certificate"
    __table_args__ = (
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="dates_in_order"),
        Index("ix_certificate_enterprise", "enterprise_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))  # None: all of them.
    name: Mapped[str]  # "VietGAP"
    issuer: Mapped[str]
    number: Mapped[str]
    scope: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
