"""Labels are printed again only with a reason: when files were handed out, and why again."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

_CHECKS = (
    (
        "reprint_reason_known",
        "reprint_reason IS NULL OR reprint_reason IN ('jam', 'lost', 'bad_print', 'other')",
    ),
    ("other_in_words", "reprint_reason IS NULL OR reprint_reason <> 'other' OR reprint_words <> ''"),
)
_FIRST = "fetched_at IS NOT NULL AND reprint_reason IS NULL"


def upgrade() -> None:
    with op.batch_alter_table("label_print") as batch:
        batch.add_column(sa.Column("fetched_at", core.database.UtcDateTime(), nullable=True))
        batch.add_column(sa.Column("reprint_reason", sa.Text(), nullable=True))
        batch.add_column(
            sa.Column("reprint_words", sa.Text(), server_default="", nullable=False)
        )
    # Files drawn before this may have been printed: of those with the same first label the oldest
    # counts as it; whoever downloads another is asked why.
    op.execute(
        "UPDATE label_print SET fetched_at = asked_at WHERE id IN"
        " (SELECT MIN(id) FROM label_print WHERE counted IS NOT NULL GROUP BY batch_id, first)"
    )
    with op.batch_alter_table("label_print") as batch:
        batch.alter_column("reprint_words", server_default=None)
        for name, check in _CHECKS:
            batch.create_check_constraint(op.f(f"ck_label_print_{name}"), check)
    op.create_index(
        "uq_label_print_first_time",
        "label_print",
        ["batch_id", "first"],
        unique=True,
        sqlite_where=sa.text(_FIRST),
        postgresql_where=sa.text(_FIRST),
    )


def downgrade() -> None:
    op.drop_index("uq_label_print_first_time", table_name="label_print")
    with op.batch_alter_table("label_print") as batch:
        for name, _ in _CHECKS:
            batch.drop_constraint(op.f(f"ck_label_print_{name}"), type_="check")
        for column in ("reprint_words", "reprint_reason", "fetched_at"):
            batch.drop_column(column)
