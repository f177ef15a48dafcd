"""Of each batch in the log whose it is and under which GTIN: what those who watch look for."""

from alembic import op
import sqlalchemy as sa


revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

_BATCHES = sa.text("kind = 'batch'")


def upgrade() -> None:
    op.add_column("log_entry", sa.Column("gtin", sa.Text(), nullable=True))
    op.add_column("log_entry", sa.Column("maker", sa.Text(), nullable=True))
    said = "body::json->>'{0}'"
    if op.get_bind().dialect.name == "sqlite":
        said = "json_extract(body, '$.{0}')"
    op.execute(
        f"UPDATE log_entry SET gtin = {said.format('gtin')}, maker = {said.format('enterprise')}"
        " WHERE kind = 'batch'"
    )
    for name, columns in _INDEXES.items():
        op.create_index(name, "log_entry", columns, sqlite_where=_BATCHES, postgresql_where=_BATCHES)


_INDEXES = {
    "ix_log_entry_batches": ["leaf_index"],
    "ix_log_entry_gtin": ["gtin", "leaf_index"],
    "ix_log_entry_maker": ["maker", "leaf_index"],
}


def downgrade() -> None:
    for name in _INDEXES:
        op.drop_index(name, "log_entry")
    op.drop_column("log_entry", "maker")
    op.drop_column("log_entry", "gtin")
