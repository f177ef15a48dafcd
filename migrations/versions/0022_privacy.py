"""What people agree to by purpose, and accounts that are to be erased."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = core.database.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "purpose_consent",
        sa.Column("id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("version", _ID, nullable=False),
        sa.Column("given_at", _MOMENT, nullable=False),
        sa.Column("withdrawn_at", _MOMENT, nullable=True),
        sa.CheckConstraint("version > 0", name=op.f("ck_purpose_consent_version_positive")),
        sa.CheckConstraint(
            "withdrawn_at >= given_at", name=op.f("ck_purpose_consent_given_before_withdrawn")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_purpose_consent_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purpose_consent")),
    )
    given = sa.text("withdrawn_at IS NULL")
    op.create_index(
        "uq_purpose_consent_given",
        "purpose_consent",
        ["person_id", "purpose"],
        unique=True,
        sqlite_where=given,
        postgresql_where=given,
    )
    op.create_table(
        "erasure",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('done','stopped','refused')", name=op.f("ck_erasure_outcome_known")
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (ended_at IS NULL)", name=op.f("ck_erasure_ended_with_outcome")
        ),
        sa.CheckConstraint("due_at > asked_at", name=op.f("ck_erasure_due_after_asking")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_erasure_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("public_id", name=op.f("uq_erasure_public_id")),
    )
    op.create_index("ix_erasure_due", "erasure", ["ended_at", "due_at"])
    is_open = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_erasure_open",
        "erasure",
        ["person_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def downgrade() -> None:
    op.drop_table("erasure")
    op.drop_table("purpose_consent")
