"""OCOP recognitions and certificates: facts with a decision, a date and an authority."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core import ids
from core.database import Base

# source: read from a named publication, which confirms it; the others: entered by the maker.
REVIEWS = ("source", "waiting", "confirmed", "refused")


class Recognition(Base):
    """What is known of a product's OCOP rank; `catalog.rules` decides what may be said today."""

    __tablename__ = "recognition"
    __table_args__ = (
        CheckConstraint("stars IS NULL OR stars BETWEEN 1 AND 5", name="stars_1_to_5"),
        CheckConstraint("stage IN ('recognised','lapsed','filed','none')", name="stage_known"),
        CheckConstraint(
            "valid_until IS NULL OR decided_on IS NOT NULL", name="validity_needs_date"
        ),
        CheckConstraint(f"review IN {REVIEWS}", name="review_known"),
        CheckConstraint("(review = 'source') = (public_id IS NULL)", name="source_is_no_claim"),
        CheckConstraint(
            "(review = 'confirmed') = (confirmed_at IS NOT NULL)", name="confirmed_since"
        ),
        CheckConstraint("(review = 'refused') = (refusal IS NOT NULL)", name="refused_with_reason"),
        CheckConstraint(
            "score_hundredths IS NULL OR score_hundredths BETWEEN 0 AND 10000",
            name="score_in_bounds",
        ),
        Index("ix_recognition_product", "product_id"),
        Index("ix_recognition_review", "review", "enterprise_id"),
        Index("ix_recognition_enterprise", "enterprise_id"),
        Index("ix_recognition_photo", "photo_id"),
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
    public_id: Mapped[str | None] = mapped_column(unique=True)  # Of what a maker entered.
    review: Mapped[str] = mapped_column(default="source", server_default="source")
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    score_hundredths: Mapped[int | None]  # 95.64 points are 9564.
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id", ondelete="SET NULL"))
    entered_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    refusal: Mapped[str | None]  # An officer's reason, as the maker reads it.


class Certificate(Base):
    """A paper about a product or an enterprise (VietGAP, food safety), with its end."""

    __tablename__ = "certificate"
    __table_args__ = (
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="dates_in_order"),
        Index("ix_certificate_enterprise", "enterprise_id"),
        Index("ix_certificate_product", "product_id"),
        Index("ix_certificate_photo", "photo_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=ids.public_id)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))  # None: all of them.
    name: Mapped[str]  # "VietGAP"
    issuer: Mapped[str]
    number: Mapped[str]
    scope: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id", ondelete="SET NULL"))
