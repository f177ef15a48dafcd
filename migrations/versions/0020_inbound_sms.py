"""SMS that people send us, each taken once."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inbound_sms",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("received_at", core.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("understood", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_sms")),
        sa.UniqueConstraint("key", name=op.f("uq_inbound_sms_key")),
    )
    op.create_index("ix_inbound_sms_sender", "inbound_sms", ["sender", "received_at"])
    op.create_index("ix_inbound_sms_received_at", "inbound_sms", ["received_at"])


def downgrade() -> None:
    op.drop_table("inbound_sms")
