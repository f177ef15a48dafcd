"""Photos taken in pieces, and what they show: goods, papers, what people report."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('photo',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.Text(), nullable=False),
    sa.Column('enterprise_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('alt', sa.Text(), nullable=False),
    sa.Column('bytes', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('piece_bytes', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('received', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('content_hash', sa.Text(), nullable=True),
    sa.Column('width', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('height', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('preview', sa.Text(), nullable=True),
    sa.Column('refusal', sa.Text(), nullable=True),
    sa.Column('by_kind', sa.Text(), nullable=False),
    sa.Column('by_person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', core.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('removed_at', core.database.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name=op.f('ck_photo_refused_with_reason')),
    sa.CheckConstraint("kind IN ('product', 'look', 'report', 'paper')", name=op.f('ck_photo_kind_known')),
    sa.CheckConstraint("state != 'drawn' OR (content_hash IS NOT NULL AND width > 0 AND height > 0)", name=op.f('ck_photo_drawn_is_measured')),
    sa.CheckConstraint("state != 'kept' OR kind = 'paper'", name=op.f('ck_photo_kept_is_paper')),
    sa.CheckConstraint("state = 'arriving' OR received = bytes", name=op.f('ck_photo_whole')),
    sa.CheckConstraint("state IN ('arriving', 'waiting', 'drawn', 'kept', 'refused')", name=op.f('ck_photo_state_known')),
    sa.CheckConstraint('bytes BETWEEN 1 AND 12000000', name=op.f('ck_photo_bytes_in_bounds')),
    sa.CheckConstraint('piece_bytes >= 1', name=op.f('ck_photo_piece_positive')),
    sa.CheckConstraint('received BETWEEN 0 AND bytes', name=op.f('ck_photo_received_in_bytes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_photo')),
    sa.UniqueConstraint('content_hash', name=op.f('uq_photo_content_hash')),
    sa.UniqueConstraint('public_id', name=op.f('uq_photo_public_id'))
    )
    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.create_index('ix_photo_enterprise', ['enterprise_id', 'state'], unique=False)
        batch_op.create_index('ix_photo_kind', ['kind', 'created_at'], unique=False)
        batch_op.create_index('ix_photo_removed_at', ['removed_at'], unique=False)

    op.create_table('stamp_report_photo',
    sa.Column('photo_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('report_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['photo_id'], ['photo.id'], name=op.f('fk_stamp_report_photo_photo_id_photo'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['report_id'], ['stamp_report.id'], name=op.f('fk_stamp_report_photo_report_id_stamp_report')),
    sa.PrimaryKeyConstraint('photo_id', name=op.f('pk_stamp_report_photo'))
    )
    with op.batch_alter_table('stamp_report_photo', schema=None) as batch_op:
        batch_op.create_index('ix_stamp_report_photo_report', ['report_id'], unique=False)

    op.create_table('paper',
    sa.Column('photo_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('enterprise_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.CheckConstraint("kind IN ('licence', 'identity', 'decision', 'certificate')", name=op.f('ck_paper_kind_known')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_paper_enterprise_id_enterprise')),
    sa.ForeignKeyConstraint(['photo_id'], ['photo.id'], name=op.f('fk_paper_photo_id_photo'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_paper_product_id_product')),
    sa.PrimaryKeyConstraint('photo_id', name=op.f('pk_paper'))
    )
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.create_index('ix_paper_enterprise', ['enterprise_id', 'kind'], unique=False)
        batch_op.create_index('ix_paper_product', ['product_id'], unique=False)

    op.create_table('product_photo',
    sa.Column('photo_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('enterprise_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("subject IN ('gallery', 'front', 'back', 'label', 'stamp', 'close_up')", name=op.f('ck_product_photo_subject_known')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_product_photo_enterprise_id_enterprise')),
    sa.ForeignKeyConstraint(['photo_id'], ['photo.id'], name=op.f('fk_product_photo_photo_id_photo'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_product_photo_product_id_product')),
    sa.PrimaryKeyConstraint('photo_id', name=op.f('pk_product_photo'))
    )
    with op.batch_alter_table('product_photo', schema=None) as batch_op:
        batch_op.create_index('ix_product_photo_product', ['product_id', 'subject', 'position'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('product_photo', schema=None) as batch_op:
        batch_op.drop_index('ix_product_photo_product')

    op.drop_table('product_photo')
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.drop_index('ix_paper_product')
        batch_op.drop_index('ix_paper_enterprise')

    op.drop_table('paper')
    with op.batch_alter_table('stamp_report_photo', schema=None) as batch_op:
        batch_op.drop_index('ix_stamp_report_photo_report')

    op.drop_table('stamp_report_photo')
    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.drop_index('ix_photo_removed_at')
        batch_op.drop_index('ix_photo_kind')
        batch_op.drop_index('ix_photo_enterprise')

    op.drop_table('photo')
