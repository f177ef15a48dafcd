"""Bursts of checks from one network, set aside; of each check whose stamp and which lot it was."""

from alembic import op
import sqlalchemy as sa


revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_BEGINS_OCCASION = sa.text("at = occasion_at")


def upgrade() -> None:
    op.create_table(
        "stamp_burst",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("enterprise_id", _ID, nullable=False),
        sa.Column("batch_id", _ID, nullable=False),
        sa.Column("opening_token", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stamps", _ID, nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_person_id", _ID, nullable=True),
        sa.CheckConstraint("answer IN ('ours','not_ours')", name=op.f("ck_stamp_burst_answer_known")),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_stamp_burst_answered_at_once")
        ),
        sa.CheckConstraint("stamps >= 1", name=op.f("ck_stamp_burst_stamps_positive")),
        sa.CheckConstraint("until_at >= began_at", name=op.f("ck_stamp_burst_ends_later")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_stamp_burst_enterprise_id_enterprise")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["stamp_batch.id"], name=op.f("fk_stamp_burst_batch_id_stamp_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_burst")),
        sa.UniqueConstraint("public_id", name=op.f("uq_stamp_burst_public_id")),
        sa.UniqueConstraint("opening_token", name=op.f("uq_stamp_burst_opening_token")),
    )
    op.create_index("ix_stamp_burst_enterprise", "stamp_burst", ["enterprise_id", "began_at"])
    op.create_index("ix_stamp_burst_batch", "stamp_burst", ["batch_id"])
    op.create_index("ix_stamp_burst_until_at", "stamp_burst", ["until_at"])
    for name in ("enterprise_id", "lot_id", "burst_id"):
        op.add_column("stamp_check", sa.Column(name, _ID, nullable=True))
    _tell_whose_checks_they_are()
    op.create_index(
        "ix_stamp_check_enterprise",
        "stamp_check",
        ["enterprise_id", "day", "lot_id"],
        sqlite_where=_BEGINS_OCCASION,
        postgresql_where=_BEGINS_OCCASION,
    )


def _tell_whose_checks_they_are() -> None:
    # A counted check's stamp was stuck on: it moves to no other lot since.
    op.execute(
        "UPDATE stamp_check SET"
        " enterprise_id = (SELECT b.enterprise_id FROM stamp s"
        "  JOIN stamp_batch b ON b.id = s.batch_id WHERE s.serial = stamp_check.serial),"
        " lot_id = (SELECT r.lot_id FROM stamp s JOIN stamp_range r"
        "  ON r.batch_id = s.batch_id AND r.first <= s.ordinal AND r.last >= s.ordinal"
        "  WHERE s.serial = stamp_check.serial)"
    )


def downgrade() -> None:
    op.drop_index("ix_stamp_check_enterprise", "stamp_check")
    with op.batch_alter_table("stamp_check") as batch:
        for name in ("burst_id", "lot_id", "enterprise_id"):
            batch.drop_column(name)
    op.drop_table("stamp_burst")
