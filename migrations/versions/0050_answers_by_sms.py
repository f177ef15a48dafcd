"""The day an SMS came, not the moment: by the moment its sender met the stamp that was checked."""

from alembic import op
import sqlalchemy as sa

import core.database


revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

def upgrade() -> None:
    op.add_column("inbound_sms", sa.Column("received_on", sa.Date(), nullable=True))
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    on_sqlite = "date(received_at, '+7 hours')"
    day = on_sqlite if is_sqlite else "(received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
    op.execute(f"UPDATE inbound_sms SET received_on = {day}")
    op.drop_index("ix_inbound_sms_sender", "inbound_sms")
    op.drop_index("ix_inbound_sms_received_at", "inbound_sms")
    with op.batch_alter_table("inbound_sms") as table:
        table.alter_column("received_on", nullable=False)
        table.drop_column("received_at")
    op.create_index("ix_inbound_sms_sender", "inbound_sms", ["sender", "received_on"])
    op.create_index("ix_inbound_sms_received_on", "inbound_sms", ["received_on"])
    op.add_column(
        "dispatch", sa.Column("is_answer", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    with op.batch_alter_table("dispatch") as table:
        table.alter_column("is_answer", server_default=None)
    # Answers of before name their SMS, and say when: what is delivered of them goes now.
    op.execute("DELETE FROM dispatch WHERE once_key LIKE 'inbound:%' AND state <> 'waiting'")


def downgrade() -> None:
    op.drop_column("dispatch", "is_answer")
    op.drop_index("ix_inbound_sms_sender", "inbound_sms")
    op.drop_index("ix_inbound_sms_received_on", "inbound_sms")
    op.add_column(
        "inbound_sms", sa.Column("received_at", core.database.UtcDateTime(timezone=True))
    )
    op.execute("UPDATE inbound_sms SET received_at = received_on")
    with op.batch_alter_table("inbound_sms") as table:
        table.alter_column("received_at", nullable=False)
        table.drop_column("received_on")
    op.create_index("ix_inbound_sms_sender", "inbound_sms", ["sender", "received_at"])
    op.create_index("ix_inbound_sms_received_at", "inbound_sms", ["received_at"])
