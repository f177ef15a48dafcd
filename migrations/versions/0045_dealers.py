"""Dealers, the stamps handed to them, what they scan and sell."""

from alembic import op
import sqlalchemy as sa
import core.database


revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LIVING = sa.text("ended_at IS NULL")


def upgrade() -> None:
    _create_dealers()
    _create_deliveries()
    _create_what_dealers_do()


def _create_dealers() -> None:
    op.create_table(
        "dealer",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("enterprise_id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("commune_code", sa.Text(), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("person_id", _ID, nullable=True),
        _time("made_at", nullable=False),
        sa.Column("by_person_id", _ID, nullable=True),
        _time("ended_at"),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_dealer_named")),
        sa.CheckConstraint(
            "(phone = '') = (ended_at IS NOT NULL)", name=op.f("ck_dealer_phone_while_listed")
        ),
        _to("dealer", "enterprise"),
        _to("dealer", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dealer")),
        sa.UniqueConstraint("public_id", name=op.f("uq_dealer_public_id")),
    )
    op.create_index("ix_dealer_enterprise", "dealer", ["enterprise_id", "ended_at"])
    op.create_index("ix_dealer_person", "dealer", ["person_id"])
    _create_living_index("uq_dealer_phone", "dealer", ["enterprise_id", "phone"])


def _create_deliveries() -> None:
    op.create_table(
        "stamp_delivery",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("enterprise_id", _ID, nullable=False),
        sa.Column("batch_id", _ID, nullable=False),
        sa.Column("dealer_id", _ID, nullable=False),
        sa.Column("first", _ID, nullable=False),
        sa.Column("last", _ID, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        _time("handed_at", nullable=False),
        sa.Column("by_person_id", _ID, nullable=True),
        _time("answered_at"),
        _time("ended_at"),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_stamp_delivery_{name}"))
            for name, condition in (
                ("first_before_last", "first >= 1 AND first <= last"),
                ("state_known", "state IN ('offered', 'confirmed', 'refused', 'taken_back')"),
                ("ended_known", "(state IN ('offered','confirmed')) = (ended_at IS NULL)"),
                ("offered_unanswered", "state <> 'offered' OR answered_at IS NULL"),
                ("confirmed_at_known", "state <> 'confirmed' OR answered_at IS NOT NULL"),
            )
        ),
        _to("stamp_delivery", "enterprise"),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["stamp_batch.id"], name=op.f("fk_stamp_delivery_batch_id_stamp_batch")
        ),
        _to("stamp_delivery", "dealer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_delivery")),
        sa.UniqueConstraint("public_id", name=op.f("uq_stamp_delivery_public_id")),
    )
    for end in ("first", "last"):
        _create_living_index(f"uq_stamp_delivery_{end}", "stamp_delivery", ["batch_id", end])
    op.create_index("ix_stamp_delivery_batch", "stamp_delivery", ["batch_id"])
    for owner in ("dealer", "enterprise"):
        op.create_index(
            f"ix_stamp_delivery_{owner}", "stamp_delivery", [f"{owner}_id", "handed_at"]
        )


def _create_what_dealers_do() -> None:
    op.create_table(
        "dealer_browser",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("dealer_id", _ID, nullable=False, autoincrement=False),
        _time("since_at", nullable=False),
        _to("dealer_browser", "dealer"),
        sa.PrimaryKeyConstraint("token_hash", "dealer_id", name=op.f("pk_dealer_browser")),
    )
    op.create_index("ix_dealer_browser_dealer", "dealer_browser", ["dealer_id"])
    op.create_table(
        "stamp_seller_scan",
        sa.Column("serial", _ID, nullable=False, autoincrement=False),
        sa.Column("dealer_id", _ID, nullable=False),
        sa.Column("scans", _ID, nullable=False),
        _time("last_at", nullable=False),
        sa.CheckConstraint("scans >= 1", name=op.f("ck_stamp_seller_scan_scans_positive")),
        _to("stamp_seller_scan", "dealer"),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_stamp_seller_scan")),
    )
    op.create_index("ix_stamp_seller_scan_dealer", "stamp_seller_scan", ["dealer_id"])
    op.create_table(
        "stamp_sale",
        sa.Column("serial", _ID, nullable=False, autoincrement=False),
        sa.Column("dealer_id", _ID, nullable=False),
        sa.Column("batch_id", _ID, nullable=False),
        _time("sold_at", nullable=False),
        _to("stamp_sale", "dealer"),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_stamp_sale")),
    )
    op.create_index("ix_stamp_sale_dealer", "stamp_sale", ["dealer_id", "sold_at"])
    op.create_index("ix_stamp_sale_batch", "stamp_sale", ["batch_id"])


def _create_living_index(name: str, table: str, columns: list[str]) -> None:
    op.create_index(
        name, table, columns, unique=True, sqlite_where=_LIVING, postgresql_where=_LIVING
    )


def _to(table: str, owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [f"{owner}_id"], [f"{owner}.id"], name=op.f(f"fk_{table}_{owner}_id_{owner}")
    )


def _time(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, core.database.UtcDateTime(timezone=True), nullable=nullable)


def downgrade() -> None:
    for table in ("stamp_sale", "stamp_seller_scan", "dealer_browser", "stamp_delivery", "dealer"):
        op.drop_table(table)
