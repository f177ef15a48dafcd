"""The moments at which alarms rang: of each its own day, whatever rang later."""

from alembic import op
import sqlalchemy as sa


revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "stamp_alarm_ring",
        sa.Column("alarm_id", _ID, nullable=False),
        sa.Column("rung_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["alarm_id"], ["stamp_alarm.id"], name=op.f("fk_stamp_alarm_ring_alarm_id_stamp_alarm")
        ),
        sa.PrimaryKeyConstraint("alarm_id", "rung_at", name=op.f("pk_stamp_alarm_ring")),
    )
    # Of those that rang more than once the last moment alone is known.
    op.execute(
        "INSERT INTO stamp_alarm_ring (alarm_id, rung_at) SELECT id, raised_at FROM stamp_alarm"
    )


def downgrade() -> None:
    op.drop_table("stamp_alarm_ring")
