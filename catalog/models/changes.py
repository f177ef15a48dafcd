"""What a maker wants said of goods on sale: it waits for an officer, the published words stay."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base

CHANGE_STATES = ("waiting", "returned", "published", "withdrawn")
_IS_OPEN = text("ended_at IS NULL")


class ProductChange(Base):
    """A change of a published listing, asked for; one open for each product."""

    __tablename__ = "product_change"
    __table_args__ = (
        CheckConstraint(f"state IN {CHANGE_STATES}", name="state_known"),
        CheckConstraint(
            "(state IN ('published','withdrawn')) = (ended_at IS NOT NULL)", name="ended_with_state"
        ),
        CheckConstraint("state != 'returned' OR length(reason) > 0", name="return_has_reason"),
        CheckConstraint("version > 0", name="version_positive"),
        Index(
            "uq_product_change_open",
            "product_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index("ix_product_change_state", "state", "submitted_at"),
        Index("ix_product_change_enterprise", "enterprise_id"),
        Index("ix_product_change_product", "product_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(default="waiting")
    base: Mapped[dict[str, Any]]  # The published name, group and summary it starts from …
    proposed: Mapped[dict[str, Any]]  # … what they shall be, and the certificates to be added.
    reason: Mapped[str] = mapped_column(default="")  # Why an officer returned it.
    submitted_at: Mapped[datetime]  # Last sent: an edit is sent anew.
    ended_at: Mapped[datetime | None]
