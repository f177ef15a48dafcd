"""What each change of a listing was before and after it."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "product_revision",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("product_id", _ID, nullable=False),
        sa.Column("enterprise_id", _ID, nullable=False),
        sa.Column("version", _ID, nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("pack_id", _ID, nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("at", core.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("undoes_id", _ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_product_revision_enterprise_id_enterprise"),
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"],
            ["product_revision.id"],
            name=op.f("fk_product_revision_undoes_id_product_revision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_revision")),
        sa.UniqueConstraint("public_id", name=op.f("uq_product_revision_public_id")),
        sa.UniqueConstraint("product_id", "version", name=op.f("uq_product_revision_product_id_version")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_product_revision_undoes_id")),
    )


def downgrade() -> None:
    op.drop_table("product_revision")
