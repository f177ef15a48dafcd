"""The public log: keys of makers, trees of batches, entries to be published."""

from alembic import op
import sqlalchemy as sa

import core.database


revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = core.database.UtcDateTime(timezone=True)


def upgrade() -> None:
    _keys()
    _entries()
    _trees()


def _keys() -> None:
    op.create_table(
        "enterprise_key",
        sa.Column("id", _ID, nullable=False),
        sa.Column("enterprise_id", _ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("from_at", _MOMENT, nullable=False),
        sa.Column("until_at", _MOMENT, nullable=True),
        sa.Column("revoked_at", _MOMENT, nullable=True),
        sa.CheckConstraint(
            "until_at IS NULL OR until_at >= from_at",
            name=op.f("ck_enterprise_key_from_before_until"),
        ),
        sa.CheckConstraint(
            "revoked_at IS NULL OR until_at IS NOT NULL",
            name=op.f("ck_enterprise_key_revoked_has_ended"),
        ),
        _of("enterprise_key", "enterprise_id", "enterprise"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise_key")),
        sa.UniqueConstraint("key", name=op.f("uq_enterprise_key_key")),
    )
    op.create_index("ix_enterprise_key_enterprise", "enterprise_key", ["enterprise_id"])
    _some("uq_enterprise_key_living", "enterprise_key", "enterprise_id", "until_at IS NULL", True)
    op.create_table(
        "log_salt",
        sa.Column("enterprise_id", _ID, autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        _of("log_salt", "enterprise_id", "enterprise"),
        sa.PrimaryKeyConstraint("enterprise_id", name=op.f("pk_log_salt")),
    )


def _entries() -> None:
    op.create_table(
        "log_entry",
        sa.Column("id", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("batch_id", _ID, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("leaf_index", _ID, nullable=True),
        sa.Column("published_at", _MOMENT, nullable=True),
        sa.CheckConstraint(
            "kind IN ('batch', 'void', 'correct', 'key', 'cert', 'cert-revoke', 'recall')",
            name=op.f("ck_log_entry_kind_known"),
        ),
        sa.CheckConstraint(
            "leaf_index IS NULL OR leaf_index >= 0", name=op.f("ck_log_entry_index_not_negative")
        ),
        sa.CheckConstraint(
            "published_at IS NULL OR leaf_index IS NOT NULL",
            name=op.f("ck_log_entry_published_has_its_place"),
        ),
        _of("log_entry", "batch_id", "stamp_batch"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_entry")),
        sa.UniqueConstraint("leaf_index", name=op.f("uq_log_entry_leaf_index")),
    )
    op.create_index("ix_log_entry_batch", "log_entry", ["batch_id", "kind"])
    _some("uq_log_entry_one_leaf_a_batch", "log_entry", "batch_id", "kind = 'batch'", True)
    _some("ix_log_entry_waiting", "log_entry", "id", "published_at IS NULL", False)


def _trees() -> None:
    op.create_table(
        "stamp_commitment",
        sa.Column("batch_id", _ID, autoincrement=False, nullable=False),
        sa.Column("base_url", sa.Text(), nullable=False),
        sa.Column("blinding_key", sa.LargeBinary(), nullable=False),
        sa.Column("leaves", _ID, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("leaves >= 0", name=op.f("ck_stamp_commitment_leaves_not_negative")),
        _of("stamp_commitment", "batch_id", "stamp_batch"),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_stamp_commitment")),
    )
    op.create_table(
        "stamp_batch_tile",
        sa.Column("batch_id", _ID, autoincrement=False, nullable=False),
        sa.Column("level", _ID, autoincrement=False, nullable=False),
        sa.Column("position", _ID, autoincrement=False, nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        _of("stamp_batch_tile", "batch_id", "stamp_batch"),
        sa.PrimaryKeyConstraint("batch_id", "level", "position", name=op.f("pk_stamp_batch_tile")),
        sqlite_with_rowid=False,
    )


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _some(name: str, table: str, column: str, where: str, unique: bool) -> None:
    """An index of the rows `where`."""
    said = sa.text(where)
    op.create_index(
        name, table, [column], unique=unique, sqlite_where=said, postgresql_where=said
    )


def downgrade() -> None:
    for table in ("stamp_batch_tile", "stamp_commitment", "log_entry", "log_salt"):
        op.drop_table(table)
    op.drop_table("enterprise_key")
