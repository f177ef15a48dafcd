"""E-identities of elsewhere, each linked to one person."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "linked_identity",
        sa.Column("id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject_hash", sa.Text(), nullable=False),
        sa.Column("linked_at", core.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_linked_identity_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linked_identity")),
        sa.UniqueConstraint("issuer", "subject_hash", name=op.f("uq_linked_identity_issuer_subject_hash")),
        sa.UniqueConstraint("person_id", "issuer", name=op.f("uq_linked_identity_person_id_issuer")),
    )


def downgrade() -> None:
    op.drop_table("linked_identity")
