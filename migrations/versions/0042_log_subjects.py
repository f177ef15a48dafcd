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


def _refuse_while_told() -> None:
    """Refuse before anything changes: what the log has told is never taken out of it."""
    told = op.get_bind().scalar(sa.text("SELECT count(*) FROM log_entry WHERE kind = 'verdict'"))
    if told:
        raise RuntimeError(
            f"{told} entries of the log are of kind verdict, which the revision before 0042 does not know."
            " Entries are never removed: there is no way back from here."
        )


def downgrade() -> None:
    _refuse_while_told()
    op.drop_index("ix_log_entry_subject", "log_entry")
    with op.batch_alter_table("log_entry") as batch:
        batch.drop_constraint(op.f("ck_log_entry_kind_known"), type_="check")
        batch.create_check_constraint(op.f("ck_log_entry_kind_known"), f"kind IN {_BEFORE}")
        batch.drop_column("subject")
