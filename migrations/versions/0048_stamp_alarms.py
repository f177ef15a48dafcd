"""Alarms that a stamp's number may have been copied; the browser of a check, keyed by its stamp."""

from alembic import op
import sqlalchemy as sa


revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("stamp_check", sa.Column("browser_hash", sa.Text(), nullable=True))
    op.create_table(
        "stamp_alarm",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("serial", _ID, nullable=False),
        sa.Column("enterprise_id", _ID, nullable=False),
        sa.Column("lot_id", _ID, nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_person_id", _ID, nullable=True),
        sa.CheckConstraint("answer IN ('ours','not_ours')", name=op.f("ck_stamp_alarm_answer_known")),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_stamp_alarm_answered_at_once")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_stamp_alarm_enterprise_id_enterprise")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_stamp_alarm_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_alarm")),
        sa.UniqueConstraint("public_id", name=op.f("uq_stamp_alarm_public_id")),
        sa.UniqueConstraint("serial", name=op.f("uq_stamp_alarm_serial")),
    )
    op.create_index("ix_stamp_alarm_enterprise", "stamp_alarm", ["enterprise_id", "raised_at"])
    op.create_index("ix_stamp_alarm_lot", "stamp_alarm", ["lot_id"])


def downgrade() -> None:
    op.drop_table("stamp_alarm")
    op.drop_column("stamp_check", "browser_hash")
