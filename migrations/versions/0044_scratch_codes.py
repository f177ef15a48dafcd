"""Scratch codes: a batch's sealed secret, what was typed for a stamp, wrong ones of a network."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_CHECKS = (
    ("wrong_counted", "wrong >= 0"),
    ("again_counted", "again >= again_elsewhere AND again_elsewhere >= 0"),
    ("again_after_first", "again = 0 OR confirmed_at IS NOT NULL"),
    ("again_at_known", "(again = 0) = (again_at IS NULL)"),
)


def upgrade() -> None:
    with op.batch_alter_table("stamp_batch") as batch:
        batch.add_column(sa.Column("scratch_secret", sa.Text(), nullable=True))
    op.create_table(
        "stamp_scratch",
        sa.Column("serial", _INTEGER, nullable=False, autoincrement=False),
        sa.Column("wrong", _INTEGER, nullable=False),
        _time("locked_until"),
        _time("confirmed_at"),
        sa.Column("device_hash", sa.Text(), nullable=True),
        sa.Column("network_hash", sa.Text(), nullable=True),
        sa.Column("again", _INTEGER, nullable=False),
        sa.Column("again_elsewhere", _INTEGER, nullable=False),
        _time("again_at"),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_stamp_scratch_{name}"))
            for name, condition in _CHECKS
        ),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_stamp_scratch")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_stamp_scratch_confirmed_at", "stamp_scratch", ["confirmed_at"])
    op.create_table(
        "scratch_network",
        sa.Column("network_hash", sa.Text(), nullable=False),
        sa.Column("wrong", _INTEGER, nullable=False),
        _time("from_at", nullable=False),
        sa.CheckConstraint("wrong >= 1", name=op.f("ck_scratch_network_wrong_counted")),
        sa.PrimaryKeyConstraint("network_hash", name=op.f("pk_scratch_network")),
    )
    op.create_index("ix_scratch_network_from_at", "scratch_network", ["from_at"])


def _time(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, core.database.UtcDateTime(timezone=True), nullable=nullable)


def downgrade() -> None:
    op.drop_table("scratch_network")
    op.drop_table("stamp_scratch")
    with op.batch_alter_table("stamp_batch") as batch:
        batch.drop_column("scratch_secret")
