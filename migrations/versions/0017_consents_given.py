"""A consent is given as long as it has not ended; one on paper names its witness and the paper."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = core.database.UtcDateTime(timezone=True)
_STATES = (
    ("state_known", "state IN ('asked','given','refused','ended')"),
    ("decided_since", "state NOT IN ('given','refused') OR decided_at IS NOT NULL"),
    ("ended_since", "(state = 'ended') = (ended_at IS NOT NULL)"),
)
_PEOPLE_AND_PAPER = (("witness_id", "person"), ("paper_id", "photo"))


def upgrade() -> None:
    # Askings have stood in a table of their own since 0008: what was never given goes from here,
    # one that was taken back before anybody answered too.
    op.execute(
        "DELETE FROM consent WHERE state NOT IN ('given','ended') OR decided_at IS NULL"
    )
    for index in ("uq_consent_given", "ix_consent_helper", "ix_consent_enterprise"):
        op.drop_index(index, "consent")
    with op.batch_alter_table("consent") as batch:
        for name, _ in _STATES:
            batch.drop_constraint(op.f(f"ck_consent_{name}"), type_="check")
        batch.drop_column("state")
        batch.alter_column("decided_at", existing_type=_MOMENT, nullable=False)
        for column, table in _PEOPLE_AND_PAPER:
            batch.add_column(sa.Column(column, _ID, nullable=True))
            batch.create_foreign_key(
                op.f(f"fk_consent_{column}_{table}"), table, [column], ["id"]
            )
        batch.create_check_constraint(
            op.f("ck_consent_paper_has_witness"), "(witness_id IS NULL) = (paper_id IS NULL)"
        )
    op.create_index("ix_consent_helper", "consent", ["helper_id"])
    op.create_index("ix_consent_enterprise", "consent", ["enterprise_id"])
    living = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_consent_given",
        "consent",
        ["enterprise_id", "helper_id"],
        unique=True,
        sqlite_where=living,
        postgresql_where=living,
    )
    with op.batch_alter_table("consent_asking") as batch:
        batch.add_column(sa.Column("printed_at", _MOMENT, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("consent_asking") as batch:
        batch.drop_column("printed_at")
    for index in ("uq_consent_given", "ix_consent_helper", "ix_consent_enterprise"):
        op.drop_index(index, "consent")
    with op.batch_alter_table("consent") as batch:
        batch.add_column(sa.Column("state", sa.Text(), nullable=False, server_default="given"))
        batch.alter_column("decided_at", existing_type=_MOMENT, nullable=True)
        batch.drop_constraint(op.f("ck_consent_paper_has_witness"), type_="check")
        for column, table in _PEOPLE_AND_PAPER:
            batch.drop_constraint(op.f(f"fk_consent_{column}_{table}"), type_="foreignkey")
            batch.drop_column(column)
    op.execute("UPDATE consent SET state = 'ended' WHERE ended_at IS NOT NULL")
    with op.batch_alter_table("consent") as batch:
        batch.alter_column("state", server_default=None)
        for name, condition in _STATES:
            batch.create_check_constraint(op.f(f"ck_consent_{name}"), condition)
    op.create_index("ix_consent_helper", "consent", ["helper_id", "state"])
    op.create_index("ix_consent_enterprise", "consent", ["enterprise_id", "state"])
    given = sa.text("state = 'given'")
    op.create_index(
        "uq_consent_given",
        "consent",
        ["enterprise_id", "helper_id"],
        unique=True,
        sqlite_where=given,
        postgresql_where=given,
    )
