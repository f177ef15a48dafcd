"""SMS that came in: counted by day under a keyed hash, in no order, so that none joins a check."""

from alembic import op
import sqlalchemy as sa


revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # The numbers of before cannot be hashed here, and nothing needs them: the day begins anew.
    op.drop_table("inbound_sms")
    op.create_table(
        "inbound_sms",
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_inbound_sms")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_inbound_sms_received_on", "inbound_sms", ["received_on"])
    op.create_table(
        "inbound_sender",
        sa.Column("sender_hash", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("taken", _ID, nullable=False),
        sa.Column("helped", _ID, nullable=False),
        sa.CheckConstraint(
            "taken >= 1 AND helped BETWEEN 0 AND taken",
            name=op.f("ck_inbound_sender_helped_in_taken"),
        ),
        sa.PrimaryKeyConstraint("sender_hash", name=op.f("pk_inbound_sender")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_inbound_sender_received_on", "inbound_sender", ["received_on"])
    _hide_checks_by_sms()
    # A finished answer says when somebody asked: what is delivered of them has no letter any more.
    op.execute(
        "DELETE FROM job WHERE kind = 'deliver_message' AND state <> 'waiting'"
        f" AND {_text('arguments')} LIKE '%answer:%'"
    )


def _hide_checks_by_sms() -> None:
    """Those of before bear one hash as device and network, and no browser: others never do."""
    drawn = "substr(md5(random()::text || token), 1, 24)"
    if op.get_bind().dialect.name == "sqlite":
        drawn = "lower(hex(randomblob(12)))"
    op.execute(
        f"UPDATE stamp_check SET network_hash = {drawn}, browser_hash = {drawn}"
        " WHERE browser_hash IS NULL AND device_hash = network_hash"
    )


def _text(column: str) -> str:
    return f"{column}::text" if op.get_bind().dialect.name == "postgresql" else column


def downgrade() -> None:
    op.drop_table("inbound_sender")
    op.drop_table("inbound_sms")
    op.create_table(
        "inbound_sms",
        sa.Column("id", _ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("understood", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_sms")),
        sa.UniqueConstraint("key", name=op.f("uq_inbound_sms_key")),
    )
    op.create_index("ix_inbound_sms_sender", "inbound_sms", ["sender", "received_on"])
    op.create_index("ix_inbound_sms_received_on", "inbound_sms", ["received_on"])
