"""A job names the token of the program that asked for it, as its audit entries do."""

from alembic import op
import sqlalchemy as sa


revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("job") as batch:
        batch.add_column(sa.Column("token", sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("job") as batch:  # For the rows there were alone.
        batch.alter_column("token", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("job") as batch:
        batch.drop_column("token")
