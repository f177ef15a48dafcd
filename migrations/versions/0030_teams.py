"""Teams that help, their members, and consents given to a team."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = core.database.UtcDateTime(timezone=True)
_KINDS = "kind IN ('post_office', 'youth', 'hamlet_heads', 'other')"


def upgrade() -> None:
    _create_team()
    _create_member()
    for table in ("consent", "consent_asking"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("team_id", _ID, nullable=True))
            batch.create_foreign_key(
                op.f(f"fk_{table}_team_id_team"), "team", ["team_id"], ["id"]
            )
    op.drop_index("uq_consent_given", "consent")
    _living("uq_consent_given", "helper_id", "ended_at IS NULL AND team_id IS NULL")
    _living("uq_consent_given_to_team", "team_id", "ended_at IS NULL AND team_id IS NOT NULL")


def _create_team() -> None:
    op.create_table(
        "team",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("province_code", sa.Text(), nullable=False),
        sa.Column("commune_code", sa.Text(), nullable=True),
        sa.Column("opened_by_id", _ID, nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("ended_by_id", _ID, nullable=True),
        sa.CheckConstraint(_KINDS, name=op.f("ck_team_kind_known")),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_team_has_name")),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by_id IS NULL)", name=op.f("ck_team_ended_by_somebody")
        ),
        *_people("team", "opened_by_id", "ended_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("public_id", name=op.f("uq_team_public_id")),
    )
    op.create_index("ix_team_place", "team", ["province_code", "commune_code"])


def _create_member() -> None:
    op.create_table(
        "team_member",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("team_id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sign_in", sa.Text(), nullable=True),
        sa.Column("person_id", _ID, nullable=True),
        sa.Column("invited_by_id", _ID, nullable=False),
        sa.Column("invited_at", _MOMENT, nullable=False),
        sa.Column("joined_at", _MOMENT, nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.CheckConstraint(
            "(person_id IS NULL) = (joined_at IS NULL)",
            name=op.f("ck_team_member_joined_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_team_member_team_id_team")
        ),
        *_people("team_member", "person_id", "invited_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_member")),
        sa.UniqueConstraint("public_id", name=op.f("uq_team_member_public_id")),
    )
    op.create_index("ix_team_member_person", "team_member", ["person_id"])
    op.create_index("ix_team_member_sign_in", "team_member", ["sign_in"])
    is_in = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_team_member_in",
        "team_member",
        ["team_id", "person_id"],
        unique=True,
        sqlite_where=is_in,
        postgresql_where=is_in,
    )


def _people(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], ["person.id"], name=op.f(f"fk_{table}_{column}_person"))
        for column in columns
    ]


def _living(name: str, whose: str, condition: str) -> None:
    where = sa.text(condition)
    op.create_index(
        name,
        "consent",
        ["enterprise_id", whose],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )


def downgrade() -> None:
    op.drop_index("uq_consent_given_to_team", "consent")
    op.drop_index("uq_consent_given", "consent")
    # What was given to a team was given to nobody alone.
    op.execute(
        "UPDATE consent SET ended_at = until_at WHERE team_id IS NOT NULL AND ended_at IS NULL"
    )
    for table in ("consent", "consent_asking"):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"fk_{table}_team_id_team"), type_="foreignkey")
            batch.drop_column("team_id")
    _living("uq_consent_given", "helper_id", "ended_at IS NULL")
    op.drop_table("team_member")
    op.drop_table("team")
