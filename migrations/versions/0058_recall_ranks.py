"""Who may lift a recall: whoever called the lot back, or an office above; its telephone goes then."""

import json

from alembic import op
import sqlalchemy as sa


revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_RULES = (
    ("by_rank_known", "by_rank BETWEEN 0 AND 3"),
    ("rank_of_side", "(by_side = 'maker') = (by_rank = 0)"),
    ("lifted_rank_of_side", "(lifted_by = 'maker') = (lifted_rank = 0)"),
    ("lifted_by_a_rank", "(lifted_at IS NULL) = (lifted_rank IS NULL)"),
    ("lifted_by_a_role", "(lifted_at IS NULL) = (lifted_role IS NULL)"),
    (
        "lifted_from_above",
        "lifted_rank > by_rank OR (lifted_rank = by_rank"
        " AND (by_rank = 3 OR lifted_role = by_role))",
    ),
    ("other_says_what", "reason <> 'other' OR length(words) > 0 OR lifted_at IS NOT NULL"),
    ("remedy_has_phone", "remedy IS NULL OR length(phone) > 0 OR lifted_at IS NOT NULL"),
)
_BEFORE = (
    ("other_says_what", "reason <> 'other' OR length(words) > 0"),
    ("remedy_has_phone", "remedy IS NULL OR length(phone) > 0"),
)


def upgrade() -> None:
    with op.batch_alter_table("lot_recall") as batch:
        batch.add_column(sa.Column("by_rank", _ID, nullable=False, server_default="0"))
        batch.add_column(sa.Column("lifted_role", sa.Text(), nullable=True))
        batch.add_column(sa.Column("lifted_rank", _ID, nullable=True))
        for name, _ in _BEFORE:
            batch.drop_constraint(op.f(f"ck_lot_recall_{name}"), type_="check")
    _fill()
    with op.batch_alter_table("lot_recall") as batch:
        batch.alter_column("by_rank", server_default=None)
        for name, rule in _RULES:
            batch.create_check_constraint(op.f(f"ck_lot_recall_{name}"), rule)


def _fill() -> None:
    """Who lifted a recall stands in the log; of a practice, which is not told, the side is enough."""
    connection = op.get_bind()
    said = sa.text("SELECT body FROM log_entry WHERE kind = 'recall-lift' AND subject = :subject")
    kept = sa.text("SELECT id, public_id, by_role, by_side, lifted_by FROM lot_recall")
    for row in connection.execute(kept).all():
        bodies = connection.execute(said, {"subject": f"recall {row.public_id}"}).scalars().all()
        role = json.loads(bodies[0])["by"] if bodies else _likely(row)
        values = {"id": row.id, "by": _rank(row.by_role), "role": None, "rank": None}
        if row.lifted_by is not None:
            # What an office below had lifted before this rule is kept as lifted by the one above.
            values |= {"role": role, "rank": max(_rank(role), _rank(row.by_role))}
            if values["rank"] == values["by"]:
                values["role"] = row.by_role
        connection.execute(
            sa.text(
                "UPDATE lot_recall SET by_rank = :by, lifted_role = :role, lifted_rank = :rank"
                " WHERE id = :id"
            ),
            values,
        )
    op.execute("UPDATE lot_recall SET phone = '' WHERE lifted_at IS NOT NULL")


def _likely(row: sa.Row[tuple[object, ...]]) -> str:
    return str(row.by_role) if row.lifted_by == row.by_side else "operator"


def _rank(role: str) -> int:
    if role == "maker":
        return 0
    for rank, area in ((1, "commune"), (2, "province")):
        if role.startswith(f"officer of {area} "):
            return rank
    return 3


def downgrade() -> None:
    # The telephones of ended recalls are gone: what was promised then is not to be asked for.
    op.execute("UPDATE lot_recall SET remedy = NULL, until_on = NULL WHERE phone = ''")
    op.execute("UPDATE lot_recall SET words = '-' WHERE reason = 'other' AND words = ''")
    with op.batch_alter_table("lot_recall") as batch:
        for name, _ in _RULES:
            batch.drop_constraint(op.f(f"ck_lot_recall_{name}"), type_="check")
        for name, rule in _BEFORE:
            batch.create_check_constraint(op.f(f"ck_lot_recall_{name}"), rule)
        for column in ("lifted_rank", "lifted_role", "by_rank"):
            batch.drop_column(column)
