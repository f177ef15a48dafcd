"""Which photos show a product, and which are papers: what is not public has a table of its own."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base

# gallery: what buyers see, the first is the cover. The others are for "Nhìn và so": what somebody
# with the goods in the hand compares.
SUBJECTS = ("gallery", "front", "back", "label", "stamp", "close_up")
PAPERS = ("licence", "identity", "decision", "certificate")


class ProductPhoto(Base):
    """A photo of a product. Rows go with their photo (core.photos)."""

    __tablename__ = "product_photo"
    __table_args__ = (
        CheckConstraint(f"subject IN {SUBJECTS}", name="subject_known"),
        Index("ix_product_photo_product", "product_id", "subject", "position"),
        Index("ix_product_photo_enterprise", "enterprise_id"),
    )

    photo_id: Mapped[int] = mapped_column(
        ForeignKey("photo.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    subject: Mapped[str]
    position: Mapped[int]  # Within the subject; of two alike the older photo stands first.


class Paper(Base):
    """A paper shown to officers alone: a licence, an identity card, a decision, a certificate."""

    __tablename__ = "paper"
    __table_args__ = (
        CheckConstraint(f"kind IN {PAPERS}", name="kind_known"),
        Index("ix_paper_enterprise", "enterprise_id", "kind"),
        Index("ix_paper_product", "product_id"),
    )

    photo_id: Mapped[int] = mapped_column(
        ForeignKey("photo.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    kind: Mapped[str]
