"""Care for the makers of an area: caretakers, reminders, group acts, targets, kept months."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = core.database.UtcDateTime(timezone=True)


def upgrade() -> None:
    _create_caretaker()
    op.create_table(
        "maker_reminder",
        sa.Column("enterprise_id", _ID, nullable=False, autoincrement=False),
        sa.Column("reminded_at", _MOMENT, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        _key("maker_reminder", "enterprise"),
        _key("maker_reminder", "person"),
        sa.PrimaryKeyConstraint("enterprise_id", name=op.f("pk_maker_reminder")),
    )
    op.create_table(
        "group_act",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("went", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.CheckConstraint(
            "act IN ('remind','hand_over','extend','leave')", name=op.f("ck_group_act_act_known")
        ),
        _key("group_act", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_act")),
        sa.UniqueConstraint("public_id", name=op.f("uq_group_act_public_id")),
    )
    op.create_index("ix_group_act_person", "group_act", ["person_id"])
    op.create_table(
        "area_target",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("year", _ID, nullable=False, autoincrement=False),
        sa.Column("figure", sa.Text(), nullable=False),
        sa.Column("wanted", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("entered_at", _MOMENT, nullable=False),
        sa.CheckConstraint("wanted >= 0", name=op.f("ck_area_target_wanted_not_negative")),
        _key("area_target", "person"),
        sa.PrimaryKeyConstraint("area", "year", "figure", name=op.f("pk_area_target")),
    )
    op.create_table(
        "area_month",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("counted_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("area", "first_on", name=op.f("pk_area_month")),
    )
    for table in ("product_review", "enterprise_review"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("days_left", _ID, nullable=True))


def _create_caretaker() -> None:
    op.create_table(
        "caretaker",
        sa.Column("id", _ID, nullable=False),
        sa.Column("enterprise_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("given_by_id", _ID, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("since_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        _key("caretaker", "enterprise"),
        _key("caretaker", "person"),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["person.id"], name=op.f("fk_caretaker_given_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caretaker")),
    )
    is_open = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_caretaker_open",
        "caretaker",
        ["enterprise_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index("ix_caretaker_person", "caretaker", ["person_id"])


def _key(table: str, named: str) -> sa.ForeignKeyConstraint:
    column = f"{named}_id"
    return sa.ForeignKeyConstraint(
        [column], [f"{named}.id"], name=op.f(f"fk_{table}_{column}_{named}")
    )


def downgrade() -> None:
    for table in ("product_review", "enterprise_review"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("days_left")
    for table in ("area_month", "area_target", "group_act", "maker_reminder", "caretaker"):
        op.drop_table(table)
