"""What each change of a listing was before and after it: shown to its maker, and undone by it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class ProductRevision(Base):
    """One change of a product's words or of a pack, in the transaction of the change.

    It names the pack without a foreign key: what was done outlives a pack that is removed.
    """

    __tablename__ = "product_revision"
    __table_args__ = (
        UniqueConstraint("product_id", "version"),
        Index("ix_product_revision_enterprise", "enterprise_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    product_id: Mapped[int]
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    version: Mapped[int]  # What whoever changed it saw; the audit entry of the act names it too.
    act: Mapped[str]  # change_words | change_pack | add_pack | remove_pack | publish_change
    pack_id: Mapped[int | None]
    before: Mapped[dict[str, Any]]  # The fields that changed, as they were …
    after: Mapped[dict[str, Any]]  # … and as they became.
    at: Mapped[datetime]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("product_revision.id"), unique=True)
