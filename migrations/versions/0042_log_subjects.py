"""Entries of the log about a paper, a recall or a ruling, and what each is about."""

from alembic import op
import sqlalchemy as sa


revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_BEFORE = ("batch", "void", "correct", "key", "cert", "cert-revoke", "recall")
_SOME = sa.text("subject IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("log_entry") as batch:
        batch.add_column(sa.Column("subject", sa.Text(), nullable=True))
        batch.drop_constraint(op.f("ck_log_entry_kind_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_log_entry_kind_known"), f"kind IN {(*_BEFORE, 'verdict')}"
        )
    op.create_index(
        "ix_log_entry_subject",
        "log_entry",
        ["subject", "id"],
        sqlite_where=_SOME,
        postgresql_where=_SOME,
    )


def downgrade() -> None:
    op.drop_index("ix_log_entry_subject", "log_entry")
    with op.batch_alter_table("log_entry") as batch:
        batch.drop_constraint(op.f("ck_log_entry_kind_known"), type_="check")
        batch.create_check_constraint(op.f("ck_log_entry_kind_known"), f"kind IN {_BEFORE}")
        batch.drop_column("subject")
