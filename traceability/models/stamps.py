"""Stamps: how many a lot may bear, which exist, and the state of each by ranges of a batch."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, BigInt

STATES = ("printed", "active", "doubted", "void")
ACTS = ("activate", "bind", "doubt", "lift", "move", "undo", "void")
VOID_REASONS = ("spoiled", "lost", "returned", "replaced", "faked")
STAMP_PARTITIONS = 16  # PostgreSQL: a uniform key spreads over them; each index stays small.


class StampQuota(Base):
    """How many stamps a lot may bear. One row for each lot."""

    __tablename__ = "stamp_quota"
    __table_args__ = (
        CheckConstraint("issued >= 0 AND issued <= declared", name="issued_in_quota"),
    )

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), primary_key=True, autoincrement=False)
    declared: Mapped[int]  # Units the lot may bear; changed only by set_quota.
    issued: Mapped[int] = mapped_column(default=0)


class StampBatch(Base):
    """Stamps issued together for a product: ordinals 1 to `count`. Invisible while `preparing`."""

    __tablename__ = "stamp_batch"
    __table_args__ = (
        CheckConstraint("count > 0", name="count_positive"),
        CheckConstraint("state IN ('preparing','issued','discarded')", name="state_known"),
        Index("ix_stamp_batch_lot", "lot_id"),
        Index("ix_stamp_batch_product", "product_id"),
        Index("ix_stamp_batch_enterprise", "enterprise_id", "issued_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    # The lot they were issued for; None: a roll. Whose each stamp is now, its range says.
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"))
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    count: Mapped[int]
    state: Mapped[str] = mapped_column(default="preparing")
    gtin: Mapped[str | None]  # What the printed address says, whatever the pack says later.
    issued_at: Mapped[datetime]
    by_person_id: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)  # Raised first by every act: acts queue here.
    job_id: Mapped[int | None]  # What makes a large batch; the job's row goes after its time.
    # What its scratch codes are made with, sealed under a key outside the database; None: none.
    scratch_secret: Mapped[str | None]


class Stamp(Base):
    """One number. A row never changes; its state is that of its range."""

    __tablename__ = "stamp"
    __table_args__ = (
        Index("ix_stamp_batch_ordinal", "batch_id", "ordinal"),
        {"sqlite_with_rowid": False, "postgresql_partition_by": "HASH (serial)"},
    )

    serial: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    batch_id: Mapped[int]
    ordinal: Mapped[int]


class StampRange(Base):
    """Ordinals `first` to `last` of a batch share state and lot. Ranges of one never overlap."""

    __tablename__ = "stamp_range"
    __table_args__ = (
        UniqueConstraint("batch_id", "first"),
        UniqueConstraint("batch_id", "last"),
        CheckConstraint("first >= 1 AND first <= last", name="first_before_last"),
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint("(state = 'void') = (reason IS NOT NULL)", name="void_has_reason"),
        CheckConstraint(f"reason IS NULL OR reason IN {VOID_REASONS}", name="reason_known"),
        CheckConstraint(
            "state NOT IN ('active','doubted') OR lot_id IS NOT NULL", name="active_has_lot"
        ),
        Index("ix_stamp_range_lot", "lot_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("stamp_batch.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"))  # None: bound to no lot yet.
    first: Mapped[int]
    last: Mapped[int]
    state: Mapped[str]
    from_at: Mapped[datetime]
    by_person_id: Mapped[int | None]
    reason: Mapped[str | None]


class StampAct(Base):
    """What was done to stamps of one lot, in order. Rows are only added."""

    __tablename__ = "stamp_act"
    __table_args__ = (
        CheckConstraint(f"act IN {ACTS}", name="act_known"),
        CheckConstraint("first >= 1 AND first <= last", name="first_before_last"),
        CheckConstraint("(act = 'move') = (from_lot_id IS NOT NULL)", name="moved_from_a_lot"),
        CheckConstraint("lot_id IS NOT NULL OR act IN ('void','undo')", name="act_has_lot"),
        UniqueConstraint("undoes_id"),
        Index("ix_stamp_act_batch", "batch_id", "at"),
        Index("ix_stamp_act_enterprise", "enterprise_id", "at"),
        Index("ix_stamp_act_lot", "lot_id"),
        Index("ix_stamp_act_from_lot", "from_lot_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("stamp_batch.id"))
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    # Whose stamps they were once it was done (of an undoing: until then); None: of no lot.
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"))
    from_lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"))  # Of a move.
    act: Mapped[str]
    first: Mapped[int]
    last: Mapped[int]
    reason: Mapped[str | None]
    at: Mapped[datetime]
    by_person_id: Mapped[int | None]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("stamp_act.id"))
