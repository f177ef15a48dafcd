"""The change feed of search: what changed, then in which order followers may know it."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class SearchPending(Base):
    """A product changed in some committed transaction and has no revision yet."""

    __tablename__ = "search_pending"

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int]


class SearchRevision(Base):
    """The latest revision of a product, given by the one sequencer (the worker).

    Transactions commit out of order, so no writer may number its own change: a follower that has
    seen N would miss a smaller number committed later.
    """

    __tablename__ = "search_revision"
    __table_args__ = (Index("ix_search_revision_revision", "revision", unique=True),)

    product_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int]
