"""Signed stamps: the platform's stamping keys, labels that carry signatures, wrong ones seen."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = core.database.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "stamping_key",
        sa.Column("id", _ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("from_at", _TIME, nullable=False),
        sa.Column("until_at", _TIME, nullable=True),
        sa.Column("revoked_at", _TIME, nullable=True),
        sa.CheckConstraint(
            "until_at IS NULL OR until_at >= from_at",
            name=op.f("ck_stamping_key_from_before_until"),
        ),
        sa.CheckConstraint(
            "revoked_at IS NULL OR until_at IS NOT NULL",
            name=op.f("ck_stamping_key_revoked_has_ended"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamping_key")),
        sa.UniqueConstraint("key", name=op.f("uq_stamping_key_key")),
    )
    op.create_table(
        "stamp_wrong_signature",
        sa.Column("serial", _ID, autoincrement=False, nullable=False),
        sa.Column("visits", _ID, nullable=False),
        sa.Column("last_at", _TIME, nullable=False),
        sa.CheckConstraint("visits >= 1", name=op.f("ck_stamp_wrong_signature_visits_positive")),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_stamp_wrong_signature")),
    )
    with op.batch_alter_table("label_print") as table:
        table.add_column(
            sa.Column("signed", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("label_print") as table:
        table.alter_column("signed", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("label_print") as table:
        table.drop_column("signed")
    op.drop_table("stamp_wrong_signature")
    op.drop_table("stamping_key")
