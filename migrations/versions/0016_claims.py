"""Recognitions and certificates makers enter: whose word they are, and what an officer said."""

from alembic import op
from alembic.operations import BatchOperations
import sqlalchemy as sa
import core.database
from core import ids


revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = core.database.UtcDateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("recognition") as batch:
        batch.add_column(sa.Column("public_id", sa.Text(), nullable=True))
        # What is there was read from a named source, and stands as it stood.
        batch.add_column(sa.Column("review", sa.Text(), nullable=False, server_default="source"))
        batch.add_column(sa.Column("version", _ID, nullable=False, server_default="1"))
        batch.add_column(sa.Column("score_hundredths", _ID, nullable=True))
        batch.add_column(sa.Column("photo_id", _ID, nullable=True))
        batch.add_column(sa.Column("entered_at", _MOMENT, nullable=True))
        batch.add_column(sa.Column("confirmed_at", _MOMENT, nullable=True))
        batch.add_column(sa.Column("reviewed_by_id", _ID, nullable=True))
        batch.add_column(sa.Column("refusal", sa.Text(), nullable=True))
        for name, condition in _CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_recognition_{name}"), condition)
        batch.create_unique_constraint(op.f("uq_recognition_public_id"), ["public_id"])
        _photo_key(batch, "recognition")
        batch.create_foreign_key(
            op.f("fk_recognition_reviewed_by_id_person"), "person", ["reviewed_by_id"], ["id"]
        )
        batch.create_index("ix_recognition_review", ["review", "enterprise_id"])
    with op.batch_alter_table("certificate") as batch:
        batch.add_column(sa.Column("public_id", sa.Text(), nullable=True))
        batch.add_column(sa.Column("version", _ID, nullable=False, server_default="1"))
        batch.add_column(sa.Column("photo_id", _ID, nullable=True))
        _photo_key(batch, "certificate")
    _name_certificates()
    with op.batch_alter_table("certificate") as batch:
        batch.alter_column("public_id", existing_type=sa.Text(), nullable=False)
        batch.create_unique_constraint(op.f("uq_certificate_public_id"), ["public_id"])


_CHECKS = {
    "review_known": "review IN ('source', 'waiting', 'confirmed', 'refused')",
    "source_is_no_claim": "(review = 'source') = (public_id IS NULL)",
    "confirmed_since": "(review = 'confirmed') = (confirmed_at IS NOT NULL)",
    "refused_with_reason": "(review = 'refused') = (refusal IS NOT NULL)",
    "score_in_bounds": "score_hundredths IS NULL OR score_hundredths BETWEEN 0 AND 10000",
}


def _photo_key(batch: BatchOperations, table: str) -> None:
    batch.create_foreign_key(
        op.f(f"fk_{table}_photo_id_photo"), "photo", ["photo_id"], ["id"], ondelete="SET NULL"
    )


def _name_certificates() -> None:
    """Give those that are there the names they are asked for by."""
    certificate = sa.table(
        "certificate", sa.column("id", sa.BigInteger()), sa.column("public_id", sa.Text())
    )
    connection = op.get_bind()
    for (id_,) in connection.execute(sa.select(certificate.c.id)).all():
        named = sa.update(certificate).where(certificate.c.id == id_)
        connection.execute(named.values(public_id=ids.public_id()))


def downgrade() -> None:
    with op.batch_alter_table("certificate") as batch:
        batch.drop_constraint(op.f("fk_certificate_photo_id_photo"), type_="foreignkey")
        batch.drop_constraint(op.f("uq_certificate_public_id"), type_="unique")
        for column in ("photo_id", "version", "public_id"):
            batch.drop_column(column)
    with op.batch_alter_table("recognition") as batch:
        batch.drop_index("ix_recognition_review")
        for table in ("photo_id_photo", "reviewed_by_id_person"):
            batch.drop_constraint(op.f(f"fk_recognition_{table}"), type_="foreignkey")
        batch.drop_constraint(op.f("uq_recognition_public_id"), type_="unique")
        for name in _CHECKS:
            batch.drop_constraint(op.f(f"ck_recognition_{name}"), type_="check")
        for column in (
            *("refusal", "reviewed_by_id", "confirmed_at", "entered_at", "photo_id"),
            *("score_hundredths", "version", "review", "public_id"),
        ):
            batch.drop_column(column)
