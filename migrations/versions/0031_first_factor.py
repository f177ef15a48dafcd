"""The first factor of somebody who comes in by codes alone can wait."""

from alembic import op


revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_KINDS = "'password','sign_in','factors','hand_over'"


def upgrade() -> None:
    _know_kinds(f"{_KINDS},'first_factor'")


def downgrade() -> None:
    op.execute("DELETE FROM account_change WHERE kind = 'first_factor'")
    _know_kinds(_KINDS)


def _know_kinds(kinds: str) -> None:
    with op.batch_alter_table("account_change") as batch:
        batch.drop_constraint(op.f("ck_account_change_kind_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_account_change_kind_known"), f"kind IN ({kinds})"
        )
