"""Past months of all stamps, as anybody may read them."""

from alembic import op
import sqlalchemy as sa

import core.database


revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stamp_month",
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("counted_at", core.database.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("first_on", name=op.f("pk_stamp_month")),
    )


def downgrade() -> None:
    op.drop_table("stamp_month")
