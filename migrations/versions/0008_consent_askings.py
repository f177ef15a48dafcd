"""A helper's asking and its answer."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = core.database.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "consent_asking",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("helper_id", _ID, nullable=False),
        sa.Column("asked_of", sa.Text(), nullable=False),
        sa.Column("enterprise_id", _ID, nullable=True),
        sa.Column("sent_to_id", _ID, nullable=True),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("pairs", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("until_at", _MOMENT, nullable=False),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.Column("decided_by_id", _ID, nullable=True),
        sa.Column("consent_id", _ID, nullable=True),
        sa.CheckConstraint(
            "state IN ('asked','given','not_me','wrong_pair','withdrawn')",
            name=op.f("ck_consent_asking_state_known"),
        ),
        sa.CheckConstraint(
            "(state = 'asked') = (decided_at IS NULL)",
            name=op.f("ck_consent_asking_decided_since"),
        ),
        sa.CheckConstraint(
            "(state = 'given') = (consent_id IS NOT NULL)",
            name=op.f("ck_consent_asking_given_by_consent"),
        ),
        sa.CheckConstraint(
            "until_at > asked_at", name=op.f("ck_consent_asking_until_after_asking")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_consent_asking_{column}_{table}")
            )
            for column, table in (
                ("helper_id", "person"),
                ("enterprise_id", "enterprise"),
                ("sent_to_id", "person"),
                ("decided_by_id", "person"),
                ("consent_id", "consent"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_asking")),
        sa.UniqueConstraint("public_id", name=op.f("uq_consent_asking_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_consent_asking_token_hash")),
    )
    op.create_index("ix_consent_asking_helper", "consent_asking", ["helper_id", "asked_at"])
    op.create_index("ix_consent_asking_enterprise", "consent_asking", ["enterprise_id", "asked_at"])


def downgrade() -> None:
    op.drop_table("consent_asking")
