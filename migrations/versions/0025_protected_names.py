"""Protected names, who may use them, and the cases about them."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = core.database.UtcDateTime(timezone=True)
_IS_OPEN = sa.text("decided_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "protected_name",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("owner_id", _ID, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("province_code", sa.Text(), nullable=True),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.CheckConstraint(
            "kind IN ('mark', 'collective', 'indication', 'village')",
            name=op.f("ck_protected_name_kind_known"),
        ),
        sa.CheckConstraint("length(folded) > 0", name=op.f("ck_protected_name_has_words")),
        _key("protected_name", "owner_id", "enterprise"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protected_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_protected_name_public_id")),
    )
    op.create_index("ix_protected_name_owner", "protected_name", ["owner_id"])
    op.create_table(
        "entitled_member",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name_id", _ID, nullable=False),
        sa.Column("enterprise_id", _ID, nullable=False),
        sa.Column("since_at", _MOMENT, nullable=False),
        _key("entitled_member", "name_id", "protected_name"),
        _key("entitled_member", "enterprise_id", "enterprise"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entitled_member")),
        sa.UniqueConstraint(
            "name_id", "enterprise_id", name=op.f("uq_entitled_member_name_id_enterprise_id")
        ),
    )
    _cases()


def _cases() -> None:
    op.create_table(
        "name_case",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("name_id", _ID, nullable=False),
        sa.Column("enterprise_id", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("object_id", _ID, nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("answered_by_id", _ID, nullable=True),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_name_case_{name}"))
            for name, condition in _CHECKS.items()
        ),
        _key("name_case", "name_id", "protected_name"),
        _key("name_case", "enterprise_id", "enterprise"),
        _key("name_case", "answered_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_case")),
        sa.UniqueConstraint("public_id", name=op.f("uq_name_case_public_id")),
    )
    op.create_index(
        "uq_name_case_open",
        "name_case",
        ["name_id", "kind", "object_id"],
        unique=True,
        sqlite_where=_IS_OPEN,
        postgresql_where=_IS_OPEN,
    )
    op.create_index("ix_name_case_object", "name_case", ["kind", "object_id"])


_CHECKS = {
    "kind_known": "kind IN ('enterprise','product')",
    "answer_known": "answer IN ('objects','allows')",
    "answered_with_time": "(answer IS NULL) = (answered_at IS NULL)",
    "objection_has_reason": "answer != 'objects' OR length(reason) > 0",
    "outcome_known": "outcome IN ('accepted','returned','withdrawn')",
    "decided_with_outcome": "(outcome IS NULL) = (decided_at IS NULL)",
}


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )


def downgrade() -> None:
    for table in ("name_case", "entitled_member", "protected_name"):
        op.drop_table(table)
