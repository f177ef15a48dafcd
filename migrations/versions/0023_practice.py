"""Practice: an enterprise for a learner alone, and trainings."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

_ENTERPRISE = "'draft','submitted','verified','returned','suspended'"
_PRODUCT = "'draft', 'submitted', 'published', 'returned', 'withdrawn'"
_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
_AT = core.database.UtcDateTime(timezone=True)


def upgrade() -> None:
    _allow('enterprise', f"state IN ({_ENTERPRISE},'practice')")
    _allow('product', f"state IN ({_PRODUCT}, 'practice')")
    op.create_table('training',
    sa.Column('id', _ID, nullable=False),
    sa.Column('public_id', sa.Text(), nullable=False),
    sa.Column('trainer_id', _ID, nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('province_code', sa.Text(), nullable=True),
    sa.Column('commune_code', sa.Text(), nullable=True),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('created_at', _AT, nullable=False),
    sa.Column('closed_at', _AT, nullable=True),
    sa.CheckConstraint('commune_code IS NULL OR province_code IS NOT NULL', name=op.f('ck_training_commune_in_province')),
    sa.CheckConstraint('length(name) > 0', name=op.f('ck_training_has_name')),
    sa.ForeignKeyConstraint(['trainer_id'], ['person.id'], name=op.f('fk_training_trainer_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training')),
    sa.UniqueConstraint('code', name=op.f('uq_training_code')),
    sa.UniqueConstraint('public_id', name=op.f('uq_training_public_id'))
    )
    op.create_index('ix_training_place', 'training', ['province_code', 'held_on'])
    op.create_index('ix_training_trainer', 'training', ['trainer_id', 'held_on'])
    op.create_table('training_learner',
    sa.Column('id', _ID, nullable=False),
    sa.Column('training_id', _ID, nullable=False),
    sa.Column('person_id', _ID, nullable=False),
    sa.Column('joined_at', _AT, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_training_learner_person_id_person')),
    sa.ForeignKeyConstraint(['training_id'], ['training.id'], name=op.f('fk_training_learner_training_id_training')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_learner')),
    sa.UniqueConstraint('training_id', 'person_id', name=op.f('uq_training_learner_training_id_person_id'))
    )
    op.create_index('ix_training_learner_person', 'training_learner', ['person_id'])
    op.create_table('training_step',
    sa.Column('learner_id', _ID, nullable=False),
    sa.Column('step', sa.Text(), nullable=False),
    sa.Column('at', _AT, nullable=False),
    sa.CheckConstraint('length(step) > 0', name=op.f('ck_training_step_has_step')),
    sa.ForeignKeyConstraint(['learner_id'], ['training_learner.id'], name=op.f('fk_training_step_learner_id_training_learner')),
    sa.PrimaryKeyConstraint('learner_id', 'step', name=op.f('pk_training_step'))
    )
    op.create_table('practice',
    sa.Column('enterprise_id', _ID, autoincrement=False, nullable=False),
    sa.Column('person_id', _ID, nullable=False),
    sa.Column('training_id', _ID, nullable=True),
    sa.Column('begun_at', _AT, nullable=False),
    sa.Column('wipe_at', _AT, nullable=False),
    sa.Column('ended_at', _AT, nullable=True),
    sa.CheckConstraint('wipe_at > begun_at', name=op.f('ck_practice_wiped_after_beginning')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_practice_enterprise_id_enterprise')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_practice_person_id_person')),
    sa.ForeignKeyConstraint(['training_id'], ['training.id'], name=op.f('fk_practice_training_id_training')),
    sa.PrimaryKeyConstraint('enterprise_id', name=op.f('pk_practice'))
    )
    op.create_index('ix_practice_wipe_at', 'practice', ['wipe_at'])
    op.create_index('uq_practice_open', 'practice', ['person_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))


def downgrade() -> None:
    for table in ('practice', 'training_step', 'training_learner', 'training'):
        op.drop_table(table)
    _allow('product', f"state IN ({_PRODUCT})")
    _allow('enterprise', f"state IN ({_ENTERPRISE})")


def _allow(table: str, states: str) -> None:
    name = f'ck_{table}_state_known'
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(op.f(name), type_='check')
        batch_op.create_check_constraint(op.f(name), states)
