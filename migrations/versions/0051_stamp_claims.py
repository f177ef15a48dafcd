"""“Tôi đã mua món này”; the network of a report; alarms that may ring again."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "stamp_claim",
        sa.Column("serial", _INTEGER, nullable=False, autoincrement=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("claimed_at", core.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("occasions", _INTEGER, nullable=False),
        sa.Column("network_hash", sa.Text(), nullable=False),
        sa.Column("commune_code", sa.Text(), nullable=True),
        sa.CheckConstraint("occasions >= 1", name=op.f("ck_stamp_claim_occasions_positive")),
        sa.PrimaryKeyConstraint("serial", "token_hash", name=op.f("pk_stamp_claim")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_stamp_claim_claimed_at", "stamp_claim", ["claimed_at"])
    op.add_column("stamp_report", sa.Column("network_hash", sa.Text(), nullable=True))
    with op.batch_alter_table("stamp_alarm") as alarm:
        alarm.add_column(sa.Column("rings", _INTEGER, nullable=False, server_default="1"))
        alarm.add_column(sa.Column("occasions", _INTEGER, nullable=False, server_default="0"))
        alarm.add_column(
            sa.Column("is_unusual", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        alarm.create_check_constraint(op.f("ck_stamp_alarm_rings_positive"), "rings >= 1")
    # What has rung so far is measured from what is known today.
    op.execute(
        "UPDATE stamp_alarm SET is_unusual = (reasons <> 'many'), occasions = coalesce("
        "(SELECT occasions FROM stamp_tally WHERE stamp_tally.serial = stamp_alarm.serial), 0)"
    )
    with op.batch_alter_table("stamp_alarm") as alarm:
        for name in ("rings", "occasions", "is_unusual"):
            alarm.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("stamp_alarm") as alarm:
        alarm.drop_constraint(op.f("ck_stamp_alarm_rings_positive"), type_="check")
        for name in ("rings", "occasions", "is_unusual"):
            alarm.drop_column(name)
    with op.batch_alter_table("stamp_report") as report:
        report.drop_column("network_hash")
    op.drop_table("stamp_claim")
