"""PostgreSQL: the hash partitions of `stamp`, which a model cannot express."""

from alembic import op

from traceability.models.stamps import STAMP_PARTITIONS

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for part in range(STAMP_PARTITIONS):
        op.execute(
            f"CREATE TABLE stamp_p{part:02} PARTITION OF stamp"
            f" FOR VALUES WITH (MODULUS {STAMP_PARTITIONS}, REMAINDER {part})"
        )


def downgrade() -> None:
    """The partitions go with their table."""
