"""Browsers an enterprise used before, and activations that wait for a second member."""

from alembic import op
import sqlalchemy as sa


revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("sign_in", sa.Column("browser_hash", sa.Text(), nullable=True))
    op.create_table(
        "enterprise_device",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("enterprise_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("browser_hash", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("since_at", _AT, nullable=False),
        sa.Column("known_at", _AT, nullable=False),
        sa.Column("seen_at", _AT, nullable=False),
        sa.Column("ended_at", _AT, nullable=True),
        sa.CheckConstraint("known_at >= since_at", name=op.f("ck_enterprise_device_known_later")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_enterprise_device_enterprise_id_enterprise")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_enterprise_device_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise_device")),
        sa.UniqueConstraint("public_id", name=op.f("uq_enterprise_device_public_id")),
    )
    op.create_index(
        "uq_enterprise_device_living",
        "enterprise_device",
        ["enterprise_id", "browser_hash"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "ix_enterprise_device_enterprise", "enterprise_device", ["enterprise_id", "known_at"]
    )
    op.create_index("ix_enterprise_device_person", "enterprise_device", ["person_id"])
    op.create_index("ix_enterprise_device_seen_at", "enterprise_device", ["seen_at"])
    _askings()


def _askings() -> None:
    op.create_table(
        "activation_asking",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("enterprise_id", _ID, nullable=False),
        sa.Column("binds", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_by_id", _ID, nullable=False),
        sa.Column("consent_id", _ID, nullable=True),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("browser_hash", sa.Text(), nullable=True),
        sa.Column("asked_at", _AT, nullable=False),
        sa.Column("expires_at", _AT, nullable=False),
        sa.Column("ended_at", _AT, nullable=True),
        sa.Column("decided_by_id", _ID, nullable=True),
        sa.Column("act_id", _ID, nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'confirmed', 'refused', 'withdrawn', 'expired')",
            name=op.f("ck_activation_asking_state_known"),
        ),
        sa.CheckConstraint("expires_at > asked_at", name=op.f("ck_activation_asking_lives")),
        sa.CheckConstraint(
            "(state = 'open') = (ended_at IS NULL)", name=op.f("ck_activation_asking_ended_once")
        ),
        sa.CheckConstraint(
            "act_id IS NULL OR state = 'confirmed'", name=op.f("ck_activation_asking_done_if_confirmed")
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR state IN ('confirmed','refused')",
            name=op.f("ck_activation_asking_decided_if_answered"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_activation_asking_enterprise_id_enterprise")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_activation_asking_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_activation_asking_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["act_id"], ["stamp_act.id"], name=op.f("fk_activation_asking_act_id_stamp_act")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activation_asking")),
        sa.UniqueConstraint("public_id", name=op.f("uq_activation_asking_public_id")),
    )
    for column in ("act_id", "asked_by_id", "decided_by_id", "expires_at"):
        name = f"ix_activation_asking_{column.removesuffix('_id')}"
        op.create_index(name, "activation_asking", [column])
    op.create_index(
        "ix_activation_asking_enterprise", "activation_asking", ["enterprise_id", "state"]
    )
    _ranges()


def _ranges() -> None:
    op.create_table(
        "activation_asking_range",
        sa.Column("id", _ID, nullable=False),
        sa.Column("asking_id", _ID, nullable=False),
        sa.Column("batch_id", _ID, nullable=False),
        sa.Column("lot_id", _ID, nullable=False),
        sa.Column("first", _ID, nullable=False),
        sa.Column("last", _ID, nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "first >= 1 AND first <= last", name=op.f("ck_activation_asking_range_first_before_last")
        ),
        sa.ForeignKeyConstraint(
            ["asking_id"],
            ["activation_asking.id"],
            name=op.f("fk_activation_asking_range_asking_id_activation_asking"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["stamp_batch.id"], name=op.f("fk_activation_asking_range_batch_id_stamp_batch")
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lot.id"], name=op.f("fk_activation_asking_range_lot_id_lot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activation_asking_range")),
        sa.UniqueConstraint(
            "asking_id", "batch_id", "first", name=op.f("uq_activation_asking_range_asking_id_batch_id_first")
        ),
    )
    op.create_index(
        "uq_activation_asking_range_open",
        "activation_asking_range",
        ["batch_id", "first"],
        unique=True,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_index(
        "ix_activation_asking_range_batch", "activation_asking_range", ["batch_id", "is_open"]
    )
    op.create_index("ix_activation_asking_range_lot", "activation_asking_range", ["lot_id"])


def downgrade() -> None:
    op.drop_table("activation_asking_range")
    op.drop_table("activation_asking")
    op.drop_table("enterprise_device")
    op.drop_column("sign_in", "browser_hash")
