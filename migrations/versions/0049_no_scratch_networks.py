"""Wrong scratch codes are counted by the stamp alone: networks are no longer held up."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.drop_table("scratch_network")


def downgrade() -> None:
    op.create_table(
        "scratch_network",
        sa.Column("network_hash", sa.Text(), nullable=False),
        sa.Column("wrong", _INTEGER, nullable=False),
        sa.Column("from_at", core.database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("wrong >= 1", name=op.f("ck_scratch_network_wrong_counted")),
        sa.PrimaryKeyConstraint("network_hash", name=op.f("pk_scratch_network")),
    )
    op.create_index("ix_scratch_network_from_at", "scratch_network", ["from_at"])
