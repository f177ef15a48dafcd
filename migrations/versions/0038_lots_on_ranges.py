"""A batch of stamps belongs to a product; to which lot, each of its ranges says."""

from alembic import op
import sqlalchemy as sa


revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _batches()
    _ranges()
    _acts()


def _batches() -> None:
    with op.batch_alter_table("stamp_batch") as batch:
        batch.add_column(sa.Column("product_id", _ID, nullable=True))
        batch.alter_column("lot_id", existing_type=_ID, nullable=True)
    op.execute(
        "UPDATE stamp_batch SET product_id ="
        " (SELECT lot.product_id FROM lot WHERE lot.id = stamp_batch.lot_id)"
    )
    with op.batch_alter_table("stamp_batch") as batch:
        batch.alter_column("product_id", existing_type=_ID, nullable=False)
        batch.create_foreign_key(
            op.f("fk_stamp_batch_product_id_product"), "product", ["product_id"], ["id"]
        )
        batch.create_index("ix_stamp_batch_product", ["product_id"])


def _ranges() -> None:
    with op.batch_alter_table("stamp_range") as batch:
        batch.add_column(sa.Column("lot_id", _ID, nullable=True))
    op.execute(f"UPDATE stamp_range SET lot_id = {_lot_of('stamp_range')}")
    with op.batch_alter_table("stamp_range") as batch:
        batch.create_foreign_key(op.f("fk_stamp_range_lot_id_lot"), "lot", ["lot_id"], ["id"])
        batch.create_check_constraint(
            op.f("ck_stamp_range_active_has_lot"), "state <> 'active' OR lot_id IS NOT NULL"
        )
        batch.create_index("ix_stamp_range_lot", ["lot_id", "state"])


def _acts() -> None:
    with op.batch_alter_table("stamp_act") as batch:
        batch.add_column(sa.Column("lot_id", _ID, nullable=True))
        batch.add_column(sa.Column("from_lot_id", _ID, nullable=True))
        batch.drop_index("ix_stamp_act_enterprise")
        batch.create_index("ix_stamp_act_enterprise", ["enterprise_id", "at"])
    op.execute(f"UPDATE stamp_act SET lot_id = {_lot_of('stamp_act')}")
    with op.batch_alter_table("stamp_act") as batch:
        for column in ("lot_id", "from_lot_id"):
            batch.create_foreign_key(op.f(f"fk_stamp_act_{column}_lot"), "lot", [column], ["id"])
        batch.drop_constraint(op.f("ck_stamp_act_act_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_stamp_act_act_known"), "act IN ('activate', 'bind', 'move', 'undo', 'void')"
        )
        batch.create_check_constraint(
            op.f("ck_stamp_act_moved_from_a_lot"), "(act = 'move') = (from_lot_id IS NOT NULL)"
        )
        batch.create_check_constraint(
            op.f("ck_stamp_act_act_has_lot"), "lot_id IS NOT NULL OR act IN ('void','undo')"
        )
        batch.create_index("ix_stamp_act_lot", ["lot_id"])
        batch.create_index("ix_stamp_act_from_lot", ["from_lot_id"])


def _lot_of(table: str) -> str:
    return f"(SELECT lot_id FROM stamp_batch WHERE stamp_batch.id = {table}.batch_id)"


def downgrade() -> None:
    _refuse_rolls()
    with op.batch_alter_table("stamp_act") as batch:
        batch.drop_index("ix_stamp_act_lot")
        batch.drop_index("ix_stamp_act_from_lot")
        batch.drop_constraint(op.f("ck_stamp_act_act_has_lot"), type_="check")
        batch.drop_constraint(op.f("ck_stamp_act_moved_from_a_lot"), type_="check")
        batch.drop_constraint(op.f("ck_stamp_act_act_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_stamp_act_act_known"), "act IN ('activate','void','undo')"
        )
        for column in ("lot_id", "from_lot_id"):
            batch.drop_constraint(op.f(f"fk_stamp_act_{column}_lot"), type_="foreignkey")
            batch.drop_column(column)
        batch.drop_index("ix_stamp_act_enterprise")
        batch.create_index("ix_stamp_act_enterprise", ["enterprise_id"])
    with op.batch_alter_table("stamp_range") as batch:
        batch.drop_index("ix_stamp_range_lot")
        batch.drop_constraint(op.f("ck_stamp_range_active_has_lot"), type_="check")
        batch.drop_constraint(op.f("fk_stamp_range_lot_id_lot"), type_="foreignkey")
        batch.drop_column("lot_id")
    with op.batch_alter_table("stamp_batch") as batch:
        batch.drop_index("ix_stamp_batch_product")
        batch.drop_constraint(op.f("fk_stamp_batch_product_id_product"), type_="foreignkey")
        batch.drop_column("product_id")
        batch.alter_column("lot_id", existing_type=_ID, nullable=False)


def _refuse_rolls() -> None:
    """What was never said of a lot cannot be said in the older tables."""
    rolls = op.get_bind().execute(
        sa.text(
            "SELECT count(*) FROM stamp_batch JOIN stamp_range"
            " ON stamp_range.batch_id = stamp_batch.id"
            " WHERE stamp_batch.lot_id IS NULL OR stamp_range.lot_id <> stamp_batch.lot_id"
        )
    )
    assert not rolls.scalar(), "stamps of rolls, or moved between lots: no way back"
