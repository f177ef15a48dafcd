"""Each audit entry carries its place in the chain and the hash of the one before."""

from alembic import op
import sqlalchemy as sa


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.add_column(sa.Column('number', _ID, nullable=True))
        batch_op.add_column(sa.Column('hash_before', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('hash', sa.Text(), nullable=True))
        batch_op.create_check_constraint(op.f('ck_audit_entry_sealed_wholly'), '(number IS NULL) = (hash IS NULL) AND (number IS NULL) = (hash_before IS NULL)')
        batch_op.create_index('uq_audit_entry_number', ['number'], unique=True)
        batch_op.create_index('ix_audit_entry_waiting', ['at'], unique=False, sqlite_where=sa.text('number IS NULL'), postgresql_where=sa.text('number IS NULL'))


def downgrade() -> None:
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_entry_waiting', sqlite_where=sa.text('number IS NULL'), postgresql_where=sa.text('number IS NULL'))
        batch_op.drop_index('uq_audit_entry_number')
        batch_op.drop_constraint(op.f('ck_audit_entry_sealed_wholly'), type_='check')
        batch_op.drop_column('hash')
        batch_op.drop_column('hash_before')
        batch_op.drop_column('number')
