"""Moves of verified enterprises, which wait for the officers of the new place."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OUTCOMES = "'verified','returned','suspended','resumed'"
_REASONED = "'returned','suspended'"


def upgrade() -> None:
    op.create_table(
        "place_change",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("enterprise_id", _ID, nullable=False),
        sa.Column("province_code", sa.Text(), nullable=False),
        sa.Column("commune_code", sa.Text(), nullable=False),
        sa.Column("hamlet", sa.Text(), nullable=True),
        sa.Column("new_place", sa.Text(), nullable=False),
        sa.Column("old_place", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", _ID, nullable=True),
        sa.Column("submitted_at", core.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", core.database.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting','returned','moved','withdrawn')",
            name=op.f("ck_place_change_state_known"),
        ),
        sa.CheckConstraint(
            "(state IN ('moved','withdrawn')) = (ended_at IS NOT NULL)",
            name=op.f("ck_place_change_ended_by_state"),
        ),
        sa.CheckConstraint(
            "ended_at >= submitted_at", name=op.f("ck_place_change_ended_after_asking")
        ),
        sa.CheckConstraint(
            "state <> 'returned' OR length(reason) > 0", name=op.f("ck_place_change_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_place_change_enterprise_id_enterprise"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_place_change_asked_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_change")),
        sa.UniqueConstraint("public_id", name=op.f("uq_place_change_public_id")),
    )
    is_open = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_place_change_open",
        "place_change",
        ["enterprise_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index("ix_place_change_enterprise", "place_change", ["enterprise_id"])
    op.create_index("ix_place_change_place", "place_change", ["province_code", "commune_code"])
    _know(f"{_OUTCOMES},'moved','move_returned'", f"{_REASONED},'move_returned'")


def downgrade() -> None:
    op.execute("DELETE FROM enterprise_review WHERE outcome IN ('moved','move_returned')")
    _know(_OUTCOMES, _REASONED)
    op.drop_table("place_change")


def _know(outcomes: str, reasoned: str) -> None:
    checks = {
        "outcome_known": f"outcome IN ({outcomes})",
        "has_reason": f"outcome NOT IN ({reasoned}) OR length(reason) > 0",
    }
    with op.batch_alter_table("enterprise_review") as batch:
        for name, condition in checks.items():
            batch.drop_constraint(op.f(f"ck_enterprise_review_{name}"), type_="check")
            batch.create_check_constraint(op.f(f"ck_enterprise_review_{name}"), condition)
