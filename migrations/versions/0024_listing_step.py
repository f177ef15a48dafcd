"""How far the maker of a draft has come on the seven screens of its listing."""

from alembic import op
import sqlalchemy as sa


revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_CHECK = "ck_product_listing_step_of_a_draft"


def upgrade() -> None:
    with op.batch_alter_table("product") as batch:
        batch.add_column(sa.Column("listing_step", _ID, nullable=True))
        batch.create_check_constraint(
            op.f(_CHECK),
            "listing_step IS NULL OR (state = 'draft' AND listing_step BETWEEN 1 AND 7)",
        )


def downgrade() -> None:
    with op.batch_alter_table("product") as batch:
        batch.drop_constraint(op.f(_CHECK), type_="check")
        batch.drop_column("listing_step")
