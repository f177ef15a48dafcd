"""Of each claim and report whose stamp and which lot it was: a map of one lot's named places."""

from alembic import op
import sqlalchemy as sa


revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NAMES_A_PLACE = sa.text("commune_code IS NOT NULL")
_ENTERPRISE = (
    "SELECT b.enterprise_id FROM stamp s"
    " JOIN stamp_batch b ON b.id = s.batch_id WHERE s.serial = {table}.serial"
)
_LOT = (
    "SELECT r.lot_id FROM stamp s JOIN stamp_range r"
    " ON r.batch_id = s.batch_id AND r.first <= s.ordinal AND r.last >= s.ordinal"
    " WHERE s.serial = {table}.serial"
)


def upgrade() -> None:
    op.add_column("stamp_claim", sa.Column("enterprise_id", _ID, nullable=True))
    for table in ("stamp_claim", "stamp_report"):
        op.add_column(table, sa.Column("lot_id", _ID, nullable=True))
        op.execute(f"UPDATE {table} SET lot_id = ({_LOT.format(table=table)})")
    op.execute(f"UPDATE stamp_claim SET enterprise_id = ({_ENTERPRISE.format(table='stamp_claim')})")
    op.create_index(
        "ix_stamp_claim_enterprise",
        "stamp_claim",
        ["enterprise_id", "claimed_at"],
        sqlite_where=_NAMES_A_PLACE,
        postgresql_where=_NAMES_A_PLACE,
    )


def downgrade() -> None:
    op.drop_index("ix_stamp_claim_enterprise", "stamp_claim")
    with op.batch_alter_table("stamp_report") as batch:
        batch.drop_column("lot_id")
    with op.batch_alter_table("stamp_claim") as batch:
        batch.drop_column("lot_id")
        batch.drop_column("enterprise_id")
