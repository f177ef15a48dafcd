"""Imports: the file somebody gave, and what became of each of its lines."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
_AT = core.database.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.create_table('import_run',
    sa.Column('id', _ID, nullable=False),
    sa.Column('public_id', sa.Text(), nullable=False),
    sa.Column('enterprise_id', _ID, nullable=False),
    sa.Column('by_person_id', _ID, nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('file_key', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('heading', sa.JSON(), nullable=False),
    sa.Column('examples', sa.JSON(), nullable=False),
    sa.Column('chosen', sa.JSON(), nullable=False),
    sa.Column('total', _ID, nullable=False),
    sa.Column('all_or_none', sa.Boolean(), nullable=False),
    sa.Column('job_id', _ID, nullable=True),
    sa.Column('created_at', _AT, nullable=False),
    sa.Column('written_at', _AT, nullable=True),
    sa.CheckConstraint("state IN ('columns', 'checking', 'checked', 'writing', 'done', 'undoing', 'undone', 'refused')", name=op.f('ck_import_run_state_known')),
    sa.CheckConstraint("kind IN ('products','lots')", name=op.f('ck_import_run_kind_known')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_import_run_enterprise_id_enterprise')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_run')),
    sa.UniqueConstraint('public_id', name=op.f('uq_import_run_public_id'))
    )
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.create_index('ix_import_run_enterprise', ['enterprise_id', 'id'], unique=False)
    op.create_table('import_row',
    sa.Column('run_id', _ID, nullable=False),
    sa.Column('line', _ID, nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('fate', sa.Text(), nullable=False),
    sa.Column('column', sa.Text(), nullable=False),
    sa.Column('sentence', sa.Text(), nullable=False),
    sa.Column('values', sa.JSON(), nullable=False),
    sa.Column('object_id', _ID, nullable=True),
    sa.Column('object_version', _ID, nullable=True),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('undone', sa.Boolean(), nullable=True),
    sa.CheckConstraint("fate IN ('created', 'updated', 'unchanged', 'refused')", name=op.f('ck_import_row_fate_known')),
    sa.ForeignKeyConstraint(['run_id'], ['import_run.id'], name=op.f('fk_import_row_run_id_import_run')),
    sa.PrimaryKeyConstraint('run_id', 'line', name=op.f('pk_import_row'))
    )


def downgrade() -> None:
    op.drop_table('import_row')
    op.drop_table('import_run')
