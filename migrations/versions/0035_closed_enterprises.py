"""Enterprises that closed with the account of who alone directed them."""

from alembic import op
import sqlalchemy as sa


revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_STATES = "'draft','submitted','verified','returned','suspended','practice'"
_SUSPENDED = "(state = 'suspended') = (suspended_at IS NOT NULL)"


def upgrade() -> None:
    _know(f"{_STATES},'closed'", f"state = 'closed' OR {_SUSPENDED}")
    with op.batch_alter_table("erasure") as batch:
        batch.add_column(
            sa.Column("closes", sa.JSON(), server_default=sa.text("'[]'"), nullable=False)
        )
    with op.batch_alter_table("erasure") as batch:  # For the rows there were alone.
        batch.alter_column("closes", server_default=None)


def downgrade() -> None:
    # Nothing of theirs may come back on sale.
    op.execute(
        "UPDATE enterprise SET state = 'suspended',"
        " suspended_at = coalesce(suspended_at, created_at) WHERE state = 'closed'"
    )
    with op.batch_alter_table("erasure") as batch:
        batch.drop_column("closes")
    _know(_STATES, _SUSPENDED)


def _know(states: str, suspended: str) -> None:
    checks = {"state_known": f"state IN ({states})", "suspended_since": suspended}
    with op.batch_alter_table("enterprise") as batch:
        for name, condition in checks.items():
            batch.drop_constraint(op.f(f"ck_enterprise_{name}"), type_="check")
            batch.create_check_constraint(op.f(f"ck_enterprise_{name}"), condition)
