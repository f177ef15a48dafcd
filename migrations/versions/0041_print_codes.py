"""Print codes: sheets of labels handed to a clerk without an account."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_CHECKS = (
    ("state_known", "state IN ('open', 'fetched', 'answered', 'ended')"),
    ("fetched_at_known", "(state IN ('fetched','answered')) = (fetched_at IS NOT NULL)"),
    ("fetched_by_one", "(fetched_at IS NULL) = (token_hash IS NULL)"),
    ("answered_known", "(state = 'answered') = (answered_at IS NOT NULL)"),
    ("ended_known", "(state = 'ended') = (ended_at IS NOT NULL)"),
    ("answer_says_how_many", "(answered_at IS NULL) = (spoiled_count IS NULL)"),
    ("spoiled_counted", "spoiled_count IS NULL OR spoiled_count >= 0"),
    (
        "settled_if_spoiled",
        "settled_at IS NULL OR (spoiled_count IS NOT NULL AND spoiled_count > 0)",
    ),
    ("readable_if_open", "(state = 'open') = (sealed_code IS NOT NULL)"),
    ("lives", "expires_at > made_at"),
)


def upgrade() -> None:
    op.create_table(
        "print_code",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("label_print_id", _ID, nullable=False),
        sa.Column("enterprise_id", _ID, nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("sealed_code", sa.Text(), nullable=True),
        sa.Column("print_place", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        _time("made_at", nullable=False),
        sa.Column("by_person_id", _ID, nullable=True),
        _time("expires_at", nullable=False),
        _time("fetched_at"),
        sa.Column("token_hash", sa.Text(), nullable=True),
        _time("ended_at"),
        _time("answered_at"),
        sa.Column("spoiled_count", _ID, nullable=True),
        _time("settled_at"),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_print_code_{name}"))
            for name, condition in _CHECKS
        ),
        sa.ForeignKeyConstraint(
            ["label_print_id"],
            ["label_print.id"],
            name=op.f("fk_print_code_label_print_id_label_print"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_print_code_enterprise_id_enterprise"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_print_code_public_id")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_print_code_code_hash")),
    )
    is_open = sa.text("state = 'open'")
    op.create_index(
        "uq_print_code_open",
        "print_code",
        ["label_print_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index("ix_print_code_label_print", "print_code", ["label_print_id"])
    op.create_index("ix_print_code_enterprise", "print_code", ["enterprise_id", "state"])
    op.create_index("ix_print_code_expires_at", "print_code", ["expires_at"])
    op.create_table(
        "spoiled_labels",
        sa.Column("print_code_id", _ID, nullable=False, autoincrement=False),
        sa.Column("first", _ID, nullable=False, autoincrement=False),
        sa.Column("last", _ID, nullable=False),
        sa.CheckConstraint(
            "first >= 1 AND first <= last", name=op.f("ck_spoiled_labels_first_before_last")
        ),
        sa.ForeignKeyConstraint(
            ["print_code_id"],
            ["print_code.id"],
            name=op.f("fk_spoiled_labels_print_code_id_print_code"),
        ),
        sa.PrimaryKeyConstraint("print_code_id", "first", name=op.f("pk_spoiled_labels")),
    )


def _time(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, core.database.UtcDateTime(timezone=True), nullable=nullable)


def downgrade() -> None:
    op.drop_table("spoiled_labels")
    op.drop_table("print_code")
