"""The public log before it is public: keys of makers, trees of batches, entries to be published."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base

ENTRY_KINDS = (
    "batch",
    "void",
    "correct",
    "key",
    "cert",
    "cert-revoke",
    "recall",
    "recall-lift",
    "verdict",
)
_IS_BATCH = text("kind = 'batch'")


class EnterpriseKey(Base):
    """What an enterprise signs its batches with. Public parts stay: old signatures need them."""

    __tablename__ = "enterprise_key"
    __table_args__ = (
        CheckConstraint("until_at IS NULL OR until_at >= from_at", name="from_before_until"),
        CheckConstraint("revoked_at IS NULL OR until_at IS NOT NULL", name="revoked_has_ended"),
        Index("ix_enterprise_key_enterprise", "enterprise_id"),
        # One living key: two batches at once draw one, not two.
        Index(
            "uq_enterprise_key_living",
            "enterprise_id",
            unique=True,
            sqlite_where=text("until_at IS NULL"),
            postgresql_where=text("until_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    key: Mapped[str] = mapped_column(unique=True)  # What leaves call it: 16 hex of its hash.
    public: Mapped[str]  # Ed25519, base64.
    sealed: Mapped[str]  # The private part, sealed under a key outside the database.
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]  # Signs nothing from then on; what it signed stays good.
    revoked_at: Mapped[datetime | None]  # Somebody else may have had it since then.


class LogSalt(Base):
    """What an enterprise's name in the log is keyed with. Gone: nobody can say whose it was."""

    __tablename__ = "log_salt"

    enterprise_id: Mapped[int] = mapped_column(
        ForeignKey("enterprise.id"), primary_key=True, autoincrement=False
    )
    salt: Mapped[bytes]


class LogEntry(Base):
    """One entry of the log, written in the transaction of what it tells. A body never changes."""

    __tablename__ = "log_entry"
    __table_args__ = (
        CheckConstraint(f"kind IN {ENTRY_KINDS}", name="kind_known"),
        CheckConstraint("leaf_index IS NULL OR leaf_index >= 0", name="index_not_negative"),
        CheckConstraint(
            "published_at IS NULL OR leaf_index IS NOT NULL", name="published_has_its_place"
        ),
        CheckConstraint("(first IS NULL) = (last IS NULL)", name="from_first_to_last"),
        CheckConstraint("first >= 1 AND first <= last", name="first_before_last"),
        Index("ix_log_entry_batch", "batch_id", "kind"),
        Index("ix_log_entry_stamps", "batch_id", "first", "last"),
        Index(
            "uq_log_entry_one_leaf_a_batch",
            "batch_id",
            unique=True,
            sqlite_where=_IS_BATCH,
            postgresql_where=_IS_BATCH,
        ),
        Index(
            "ix_log_entry_subject",
            "subject",
            "id",
            sqlite_where=text("subject IS NOT NULL"),
            postgresql_where=text("subject IS NOT NULL"),
        ),
        # Batches are what strangers look for: the newest, of a GTIN, of a maker.
        *(
            Index(name, *columns, sqlite_where=_IS_BATCH, postgresql_where=_IS_BATCH)
            for name, columns in (
                ("ix_log_entry_batches", ("leaf_index",)),
                ("ix_log_entry_gtin", ("gtin", "leaf_index")),
                ("ix_log_entry_maker", ("maker", "leaf_index")),
            )
        ),
        # Those to publish are few among many published.
        Index(
            "ix_log_entry_waiting",
            "id",
            sqlite_where=text("published_at IS NULL"),
            postgresql_where=text("published_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("stamp_batch.id"))
    # Which stamps of the batch it is about, by ordinal; None: all of them.
    first: Mapped[int | None]
    last: Mapped[int | None]
    # What a later entry may take back ("certificate 17"), for us alone: the last one holds.
    subject: Mapped[str | None]
    # Of a batch, as its body says: its GTIN, and its maker's public id.
    gtin: Mapped[str | None]
    maker: Mapped[str | None]
    body: Mapped[str]  # RFC 8785, as published.
    made_at: Mapped[datetime]
    # Its place in the tree: given before anybody signs, so that a second try makes the same tree.
    leaf_index: Mapped[int | None] = mapped_column(unique=True)
    published_at: Mapped[datetime | None]


class StampCommitment(Base):
    """A batch's own tree: what its leaves are made of, how many there are, the root when whole."""

    __tablename__ = "stamp_commitment"
    __table_args__ = (CheckConstraint("leaves >= 0", name="leaves_not_negative"),)

    batch_id: Mapped[int] = mapped_column(
        ForeignKey("stamp_batch.id"), primary_key=True, autoincrement=False
    )
    base_url: Mapped[str]  # Of the addresses as printed, whatever GOC_PUBLIC_URL says later.
    # Blinds the leaves: a sibling's hash in a proof is no serial to try. Whoever can read it here
    # can read the serials themselves, so it is not sealed.
    blinding_key: Mapped[bytes]
    leaves: Mapped[int] = mapped_column(default=0)
    root: Mapped[bytes | None]


class StampBatchTile(Base):
    """Up to 256 hashes side by side of a batch's tree: the leaves (level 0), tiles' roots above."""

    __tablename__ = "stamp_batch_tile"
    __table_args__ = ({"sqlite_with_rowid": False},)

    batch_id: Mapped[int] = mapped_column(
        ForeignKey("stamp_batch.id"), primary_key=True, autoincrement=False
    )
    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hashes: Mapped[bytes]
