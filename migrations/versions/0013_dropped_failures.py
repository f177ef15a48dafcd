"""Failed jobs and events an operator decided to drop."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.add_column(sa.Column('dropped_at', core.database.UtcDateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(op.f('ck_job_dropped_only_if_failed'), "dropped_at IS NULL OR state = 'failed'")
    with op.batch_alter_table('outbox_event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('dropped_at', core.database.UtcDateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(op.f('ck_outbox_event_dropped_only_if_failed'), 'dropped_at IS NULL OR failed_at IS NOT NULL')
        batch_op.create_index('ix_outbox_event_failed', ['id'], unique=False, sqlite_where=sa.text('failed_at IS NOT NULL'), postgresql_where=sa.text('failed_at IS NOT NULL'))


def downgrade() -> None:
    with op.batch_alter_table('outbox_event', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_event_failed', sqlite_where=sa.text('failed_at IS NOT NULL'), postgresql_where=sa.text('failed_at IS NOT NULL'))
        batch_op.drop_constraint(op.f('ck_outbox_event_dropped_only_if_failed'), type_='check')
        batch_op.drop_column('dropped_at')
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_job_dropped_only_if_failed'), type_='check')
        batch_op.drop_column('dropped_at')
