"""A member of a team can be its leader."""

from alembic import op
import sqlalchemy as sa


revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("team_member") as batch:
        batch.add_column(
            sa.Column("is_leader", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    with op.batch_alter_table("team_member") as batch:  # For the rows there were alone.
        batch.alter_column("is_leader", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("team_member") as batch:
        batch.drop_column("is_leader")
