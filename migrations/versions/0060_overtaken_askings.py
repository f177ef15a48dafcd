"""Activations that wait close by themselves once their stamps are used otherwise."""

from alembic import op


revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

_BEFORE = ("open", "confirmed", "refused", "withdrawn", "expired")
_NAME = "ck_activation_asking_state_known"


def upgrade() -> None:
    _know((*_BEFORE, "overtaken"))


def downgrade() -> None:
    op.execute("UPDATE activation_asking SET state = 'expired' WHERE state = 'overtaken'")
    _know(_BEFORE)


def _know(states: tuple[str, ...]) -> None:
    with op.batch_alter_table("activation_asking") as batch:
        batch.drop_constraint(op.f(_NAME), type_="check")
        batch.create_check_constraint(op.f(_NAME), f"state IN {states}")
