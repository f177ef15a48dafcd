"""A change of who directs, asked for at the office: the enterprise, the paper, why, the heir."""

from alembic import op
import sqlalchemy as sa


revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KINDS = "'password','sign_in','factors'"
_REFERENCES = (("enterprise_id", "enterprise"), ("paper_id", "photo"), ("heir_id", "person"))
_CHECKS = (
    ("officer_has_paper", "(enterprise_id IS NULL) = (paper_id IS NULL)"),
    (
        "hand_over_names_heir",
        "kind <> 'hand_over' OR (enterprise_id IS NOT NULL AND heir_name IS NOT NULL)",
    ),
)


def upgrade() -> None:
    _know_kinds(f"{_KINDS},'hand_over'")
    with op.batch_alter_table("account_change") as batch:
        for column, table in _REFERENCES:
            batch.add_column(sa.Column(column, _ID, nullable=True))
            batch.create_foreign_key(
                op.f(f"fk_account_change_{column}_{table}"), table, [column], ["id"]
            )
        batch.add_column(sa.Column("reason", sa.Text(), nullable=True))
        batch.add_column(sa.Column("heir_name", sa.Text(), nullable=True))
        for name, condition in _CHECKS:
            batch.create_check_constraint(op.f(f"ck_account_change_{name}"), condition)
    is_open = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_account_change_enterprise",
        "account_change",
        ["enterprise_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def downgrade() -> None:
    op.execute("DELETE FROM account_change WHERE kind = 'hand_over'")
    op.drop_index("uq_account_change_enterprise", "account_change")
    with op.batch_alter_table("account_change") as batch:
        for name, _ in _CHECKS:
            batch.drop_constraint(op.f(f"ck_account_change_{name}"), type_="check")
        for column, table in _REFERENCES:
            batch.drop_constraint(
                op.f(f"fk_account_change_{column}_{table}"), type_="foreignkey"
            )
        for column in ("enterprise_id", "paper_id", "heir_id", "reason", "heir_name"):
            batch.drop_column(column)
    _know_kinds(_KINDS)


def _know_kinds(kinds: str) -> None:
    with op.batch_alter_table("account_change") as batch:
        batch.drop_constraint(op.f("ck_account_change_kind_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_account_change_kind_known"), f"kind IN ({kinds})"
        )
