"""Labels as other files and for other printers; how many labels a file was found to have."""

from alembic import op
import sqlalchemy as sa


revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("label_print") as batch:
        batch.add_column(
            sa.Column("file_format", sa.Text(), server_default="pdf", nullable=False)
        )
        batch.add_column(sa.Column("dpi", _INTEGER, server_default="300", nullable=False))
        batch.add_column(sa.Column("counted", _INTEGER, nullable=True))
    with op.batch_alter_table("label_print") as batch:  # For the rows there were alone.
        batch.alter_column("file_format", server_default=None)
        batch.alter_column("dpi", server_default=None)
        batch.create_check_constraint(
            op.f("ck_label_print_counted_some"), "counted IS NULL OR counted >= 1"
        )


def downgrade() -> None:
    with op.batch_alter_table("label_print") as batch:
        batch.drop_constraint(op.f("ck_label_print_counted_some"), type_="check")
        batch.drop_column("counted")
        batch.drop_column("dpi")
        batch.drop_column("file_format")
