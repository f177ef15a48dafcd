"""Entries about keys, and batches signed by one, are found by the key."""

import json

from alembic import op
import sqlalchemy as sa


revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

_ENTRY = sa.table(
    "log_entry", sa.column("id"), sa.column("kind"), sa.column("subject"), sa.column("body")
)
_AT_ONCE = 5_000


def upgrade() -> None:
    done, more = 0, True
    while more:
        found = op.get_bind().execute(
            sa.select(_ENTRY.c.id, _ENTRY.c.body)
            .where(_ENTRY.c.id > done, _ENTRY.c.kind.in_(("key", "batch")))
            .order_by(_ENTRY.c.id)
            .limit(_AT_ONCE)
        ).all()
        for number, body in found:
            key = json.loads(body)["key"]
            op.execute(_ENTRY.update().where(_ENTRY.c.id == number).values(subject=f"key {key}"))
            done = number
        more = len(found) == _AT_ONCE


def downgrade() -> None:
    """What was filled in goes with its column."""
