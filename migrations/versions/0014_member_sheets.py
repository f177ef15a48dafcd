"""Sheets of an enterprise's people are imported too."""

from alembic import op


revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

_NAME = 'ck_import_run_kind_known'


def upgrade() -> None:
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.drop_constraint(op.f(_NAME), type_='check')
        batch_op.create_check_constraint(op.f(_NAME), "kind IN ('products','lots','members')")


def downgrade() -> None:
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.drop_constraint(op.f(_NAME), type_='check')
        batch_op.create_check_constraint(op.f(_NAME), "kind IN ('products','lots')")
