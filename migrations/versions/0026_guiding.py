"""Guiding: a helper sees the step, says a sentence or points at a field."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
_AT = core.database.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.create_table('guiding',
    sa.Column('id', _ID, nullable=False),
    sa.Column('public_id', sa.Text(), nullable=False),
    sa.Column('enterprise_id', _ID, nullable=False),
    sa.Column('producer_id', _ID, nullable=False),
    sa.Column('helper_id', _ID, nullable=True),
    sa.Column('pairs', sa.JSON(), nullable=False),
    sa.Column('asked_at', _AT, nullable=False),
    sa.Column('on_at', _AT, nullable=True),
    sa.Column('until_at', _AT, nullable=False),
    sa.Column('ended_at', _AT, nullable=True),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('field', sa.Text(), nullable=False),
    sa.Column('placed_at', _AT, nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('note_field', sa.Text(), nullable=False),
    sa.Column('notes', _ID, nullable=False),
    sa.CheckConstraint('until_at > asked_at', name=op.f('ck_guiding_until_after_asking')),
    sa.CheckConstraint('on_at IS NULL OR helper_id IS NOT NULL', name=op.f('ck_guiding_on_with_helper')),
    sa.CheckConstraint('length(note) <= 200', name=op.f('ck_guiding_note_is_short')),
    sa.CheckConstraint('notes >= 0', name=op.f('ck_guiding_notes_not_negative')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_guiding_enterprise_id_enterprise')),
    sa.ForeignKeyConstraint(['helper_id'], ['person.id'], name=op.f('fk_guiding_helper_id_person')),
    sa.ForeignKeyConstraint(['producer_id'], ['person.id'], name=op.f('fk_guiding_producer_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guiding')),
    sa.UniqueConstraint('public_id', name=op.f('uq_guiding_public_id'))
    )
    op.create_index('ix_guiding_asked_at', 'guiding', ['asked_at'])
    op.create_index('ix_guiding_helper', 'guiding', ['helper_id', 'asked_at'])
    op.create_index('uq_guiding_open', 'guiding', ['producer_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))


def downgrade() -> None:
    op.drop_table('guiding')
