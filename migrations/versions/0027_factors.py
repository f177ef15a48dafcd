"""Second factors: apps and passkeys, recovery codes, remembered devices, confirmed sign-ins."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = core.database.UtcDateTime(timezone=True)


def upgrade() -> None:
    _create_factor()
    op.create_table(
        "recovery_code",
        sa.Column("code_hash", sa.Text(), nullable=False),
        *_person("recovery_code"),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_code")),
    )
    op.create_index("ix_recovery_code_person", "recovery_code", ["person_id"])
    op.create_table(
        "second_step",
        sa.Column("token_hash", sa.Text(), nullable=False),
        *_person("second_step"),
        sa.Column("wrong_tries", _ID, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT, nullable=True),
        sa.CheckConstraint(
            "wrong_tries >= 0 AND wrong_tries <= 5", name=op.f("ck_second_step_tries_bounded")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_second_step")),
    )
    op.create_index("ix_second_step_expires_at", "second_step", ["expires_at"])
    op.create_table(
        "trusted_device",
        sa.Column("token_hash", sa.Text(), nullable=False),
        *_person("trusted_device"),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_trusted_device")),
    )
    op.create_index("ix_trusted_device_person", "trusted_device", ["person_id"])
    op.create_table(
        "used_challenge",
        sa.Column("challenge_hash", sa.Text(), nullable=False),
        sa.Column("until_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("challenge_hash", name=op.f("pk_used_challenge")),
    )
    op.create_index("ix_used_challenge_until_at", "used_challenge", ["until_at"])
    with op.batch_alter_table("sign_in") as batch:
        batch.add_column(sa.Column("confirmed_at", _MOMENT, nullable=True))
    _know_kinds("'password','sign_in','factors'")


def _create_factor() -> None:
    op.create_table(
        "factor",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        *_person("factor"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("last_step", _ID, nullable=True),
        sa.Column("sign_count", _ID, nullable=True),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("last_used_at", _MOMENT, nullable=True),
        sa.CheckConstraint("kind IN ('totp','passkey')", name=op.f("ck_factor_kind_known")),
        sa.CheckConstraint(
            "(kind = 'totp') = (last_step IS NOT NULL)", name=op.f("ck_factor_totp_has_step")
        ),
        sa.CheckConstraint(
            "(kind = 'passkey') = (sign_count IS NOT NULL)", name=op.f("ck_factor_passkey_counts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factor")),
        sa.UniqueConstraint("public_id", name=op.f("uq_factor_public_id")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_factor_fingerprint")),
    )
    op.create_index("ix_factor_person", "factor", ["person_id"])


def _person(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    return (
        sa.Column("person_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f(f"fk_{table}_person_id_person")
        ),
    )


def _know_kinds(kinds: str) -> None:
    with op.batch_alter_table("account_change") as batch:
        batch.drop_constraint(op.f("ck_account_change_kind_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_account_change_kind_known"), f"kind IN ({kinds})"
        )


def downgrade() -> None:
    op.execute("DELETE FROM account_change WHERE kind = 'factors'")
    _know_kinds("'password','sign_in'")
    with op.batch_alter_table("sign_in") as batch:
        batch.drop_column("confirmed_at")
    for table in ("used_challenge", "trusted_device", "second_step", "recovery_code", "factor"):
        op.drop_table(table)
