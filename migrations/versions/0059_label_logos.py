"""Makers' logos for labels, and which labels were asked for with which."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = core.database.UtcDateTime(timezone=True)
_IN_USE = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "label_logo",
        sa.Column("id", _ID, nullable=False),
        sa.Column("enterprise_id", _ID, nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.Column("given_at", _TIME, nullable=False),
        sa.Column("ended_at", _TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_label_logo_enterprise_id_enterprise")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_logo")),
    )
    op.create_index(
        "uq_label_logo_in_use",
        "label_logo",
        ["enterprise_id"],
        unique=True,
        sqlite_where=_IN_USE,
        postgresql_where=_IN_USE,
    )
    op.create_index("ix_label_logo_enterprise", "label_logo", ["enterprise_id"])
    with op.batch_alter_table("label_print") as table:
        table.add_column(sa.Column("logo_id", _ID, nullable=True))
        table.create_foreign_key(
            op.f("fk_label_print_logo_id_label_logo"), "label_logo", ["logo_id"], ["id"]
        )
        table.create_index("ix_label_print_logo", ["logo_id"])


def downgrade() -> None:
    with op.batch_alter_table("label_print") as table:
        table.drop_index("ix_label_print_logo")
        table.drop_constraint(op.f("fk_label_print_logo_id_label_logo"), type_="foreignkey")
        table.drop_column("logo_id")
    op.drop_table("label_logo")
