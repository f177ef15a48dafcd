"""Changes of published listings that wait for an officer."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = core.database.UtcDateTime(timezone=True)
_IS_OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "product_change",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("product_id", _ID, nullable=False),
        sa.Column("enterprise_id", _ID, nullable=False),
        sa.Column("version", _ID, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("base", sa.JSON(), nullable=False),
        sa.Column("proposed", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("submitted_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'returned', 'published', 'withdrawn')",
            name=op.f("ck_product_change_state_known"),
        ),
        sa.CheckConstraint(
            "(state IN ('published','withdrawn')) = (ended_at IS NOT NULL)",
            name=op.f("ck_product_change_ended_with_state"),
        ),
        sa.CheckConstraint(
            "state != 'returned' OR length(reason) > 0",
            name=op.f("ck_product_change_return_has_reason"),
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_product_change_version_positive")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_product_change_product_id_product")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_product_change_enterprise_id_enterprise"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_change")),
        sa.UniqueConstraint("public_id", name=op.f("uq_product_change_public_id")),
    )
    op.create_index(
        "uq_product_change_open",
        "product_change",
        ["product_id"],
        unique=True,
        sqlite_where=_IS_OPEN,
        postgresql_where=_IS_OPEN,
    )
    op.create_index("ix_product_change_state", "product_change", ["state", "submitted_at"])


def downgrade() -> None:
    op.drop_table("product_change")
