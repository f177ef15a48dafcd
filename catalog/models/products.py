"""Products, their words, packs (GS1: trade items), offers, and what officers looked at."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from catalog.rules import Group, ProductState
from core.database import Base

GROUPS = tuple(each.value for each in Group)  # Plain words: SQL is made of them.
STATES = tuple(each.value for each in ProductState)
MAX_PRICE_VND = 10**10  # Dearer than anything of a village; keeps sums far inside 64 bits.
MAX_CONTENT = 10**9  # A thousand tonnes in grams.


class Product(Base):
    """What an enterprise makes or handles. Its words stand in ProductText."""

    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint("kind IN ('goods','service')", name="kind_known"),
        CheckConstraint(f'"group" IN {GROUPS}', name="group_known"),
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint("state != 'published' OR published_at IS NOT NULL", name="published_since"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint(
            "listing_step IS NULL OR (state = 'draft' AND listing_step BETWEEN 1 AND 7)",
            name="listing_step_of_a_draft",
        ),
        Index("ix_product_enterprise", "enterprise_id", "state"),
        Index("ix_product_state", "state", "submitted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    slug_key: Mapped[str] = mapped_column(unique=True)  # First six letters of public_id.
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    kind: Mapped[str] = mapped_column(default="goods")
    group: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")
    source_url: Mapped[str | None]  # Where a real product's facts were read.
    import_key: Mapped[str | None] = mapped_column(unique=True)  # The same row again is an update.
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    # The first screen of its listing not gone through; None: all were, or there were none.
    listing_step: Mapped[int | None]


class ProductText(Base):
    """A product's words in one language; Vietnamese always exists."""

    __tablename__ = "product_text"
    __table_args__ = (CheckConstraint("language IN ('vi','en')", name="language_known"),)

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    story: Mapped[str] = mapped_column(default="")


class Pack(Base):
    """One way a product is measured out: a trade item with, perhaps, a GTIN of its own."""

    __tablename__ = "pack"
    __table_args__ = (
        CheckConstraint(f"content BETWEEN 1 AND {MAX_CONTENT}", name="content_in_bounds"),
        CheckConstraint("base_unit IN ('g','ml','piece')", name="base_unit_known"),
        CheckConstraint("gtin IS NULL OR length(gtin) = 14", name="gtin_14"),
        CheckConstraint("weight_g IS NULL OR weight_g > 0", name="weight_positive"),
        UniqueConstraint("product_id", "content", "base_unit", "words"),
        Index("ix_pack_enterprise", "enterprise_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    content: Mapped[int]  # In base units: 200 (g), 500 (ml), 1 (piece).
    base_unit: Mapped[str]
    words: Mapped[str]  # "hộp 200 g", "lượt khách", "chậu"
    by_weight: Mapped[bool] = mapped_column(default=False)  # Loose: 1,000 g sold by weight.
    gtin: Mapped[str | None] = mapped_column(unique=True)  # 14 digits; never invented.
    # For "Nhìn và so": what one holds in the hand.
    size_words: Mapped[str | None]  # "dài 30 cm"
    weight_g: Mapped[int | None]  # Of the whole thing, wrapping included.


class Offer(Base):
    """A seller's price for a pack. Baskets and orders point here."""

    __tablename__ = "offer"
    __table_args__ = (
        UniqueConstraint("seller_id", "pack_id"),
        CheckConstraint(f"price_vnd BETWEEN 1 AND {MAX_PRICE_VND}", name="price_in_bounds"),
        CheckConstraint("state IN ('on','off')", name="state_known"),
        Index("ix_offer_pack", "pack_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    seller_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    pack_id: Mapped[int] = mapped_column(ForeignKey("pack.id"))
    price_vnd: Mapped[int]
    is_illustrative: Mapped[bool] = mapped_column(default=False)  # "giá minh họa"
    state: Mapped[str] = mapped_column(default="on")
    version: Mapped[int] = mapped_column(default=1)


class ProductReview(Base):
    """What an officer looked at before publishing, or why a listing went back."""

    __tablename__ = "product_review"
    __table_args__ = (
        CheckConstraint("outcome IN ('published','returned')", name="outcome_known"),
        CheckConstraint("level IN ('commune','province','country')", name="level_known"),
        CheckConstraint("outcome != 'returned' OR length(reason) > 0", name="return_has_reason"),
        Index("ix_product_review_product", "product_id", "reviewed_at"),
        Index("ix_product_review_enterprise", "enterprise_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    level: Mapped[str]  # On whose behalf the officer looked: the page says "Xã", "Tỉnh" …
    outcome: Mapped[str]
    looked_at: Mapped[list[str]]  # Names of what was compared: seller, place, name, papers.
    reason: Mapped[str] = mapped_column(default="")
    product_version: Mapped[int]  # What was on the officer's screen.
    # What it said then: the next look shows what changed since.
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)
    as_deputy: Mapped[bool] = mapped_column(default=False)  # Stood in for an absent officer.
    on_time: Mapped[bool | None]  # Within the working days promised; None: it never waited.
    days_left: Mapped[int | None]  # Until the last day promised: 0 on it, below 0 after.
    reviewed_at: Mapped[datetime]
