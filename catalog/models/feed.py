"""The change feed of search: what changed, then in which order followers may know it."""

from sqlalchemy import CheckConstraint, Index
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


class SearchFeed(Base):
    """The feed itself, one row. Sequencers queue on it, so revisions commit in their order."""

    __tablename__ = "search_feed"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("revision >= 0", name="revision_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epoch: Mapped[str]  # Drawn once: an index that followed another database starts afresh.
    revision: Mapped[int]  # The last one given.
