"""Lots: every one of the system is a row here."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base

MAX_DECLARED_UNITS = 10_000_000  # More than any village packs in one lot; a slip of the finger.


class Lot(Base):
    """A lot of a product, and of a pack once packed."""

    __tablename__ = "lot"
    __table_args__ = (
        UniqueConstraint("enterprise_id", "code"),
        # Two codes of the maker may be one in a GS1 address; there they must stay apart.
        UniqueConstraint("enterprise_id", "uri_code"),
        CheckConstraint(
            "best_before_on IS NULL OR best_before_on >= made_on", name="dates_in_order"
        ),
        CheckConstraint(
            f"declared_units BETWEEN 1 AND {MAX_DECLARED_UNITS}", name="units_in_bounds"
        ),
        CheckConstraint("length(uri_code) BETWEEN 1 AND 20", name="uri_code_fits"),
        CheckConstraint(
            "made_kind IN ('made','harvested','packed','caught')", name="made_kind_known"
        ),
        CheckConstraint("version > 0", name="version_positive"),
        Index("ix_lot_product", "product_id", "made_on"),
        Index("ix_lot_pack", "pack_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    pack_id: Mapped[int | None] = mapped_column(ForeignKey("pack.id"))
    code: Mapped[str]  # The producer's own words, as normalised by core.text.
    uri_code: Mapped[str]  # Transliterated to GS1 character set 82, for addresses.
    made_kind: Mapped[str] = mapped_column(default="made")
    made_on: Mapped[date]
    best_before_on: Mapped[date | None]
    declared_units: Mapped[int]
    on_hold_since: Mapped[date | None]  # Sale paused while the lot is checked.
    # Called back since this day. By whom and why is traceability's to say, which alone sets it.
    recalled_since: Mapped[date | None]
    sealed_at: Mapped[datetime | None]  # Since its first stamps: changed only by correction.
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
