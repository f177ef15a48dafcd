"""Recalls of lots, in the log too; of each entry of the log which stamps it is about."""

from alembic import op
import sqlalchemy as sa


revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_BEFORE = ("batch", "void", "correct", "key", "cert", "cert-revoke", "recall", "verdict")
_KINDS = ("batch", "void", "correct", "key", "cert", "cert-revoke", "recall", "recall-lift", "verdict")
_OPEN = sa.text("lifted_at IS NULL")
_REASONS = ("contaminated", "residue", "foreign_body", "spoiled", "allergen", "label", "defect", "other")
_SIDES = ("maker", "office")


def upgrade() -> None:
    op.add_column("lot", sa.Column("recalled_since", sa.Date(), nullable=True))
    _add_recalls()
    with op.batch_alter_table("log_entry") as batch:
        batch.add_column(sa.Column("first", _ID, nullable=True))
        batch.add_column(sa.Column("last", _ID, nullable=True))
        batch.drop_constraint(op.f("ck_log_entry_kind_known"), type_="check")
        batch.create_check_constraint(op.f("ck_log_entry_kind_known"), f"kind IN {_KINDS}")
    _read_stamps_of_entries()
    with op.batch_alter_table("log_entry") as batch:
        batch.create_check_constraint(
            op.f("ck_log_entry_from_first_to_last"), "(first IS NULL) = (last IS NULL)"
        )
        batch.create_check_constraint(
            op.f("ck_log_entry_first_before_last"), "first >= 1 AND first <= last"
        )
    op.create_index("ix_log_entry_stamps", "log_entry", ["batch_id", "first", "last"])


def _add_recalls() -> None:
    op.create_table(
        "lot_recall",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("lot_id", _ID, nullable=False),
        sa.Column("enterprise_id", _ID, nullable=False),
        sa.Column("by_side", sa.Text(), nullable=False),
        sa.Column("by_role", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person_id", _ID, nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.Text(), nullable=True),
        sa.Column("lifted_because", sa.Text(), nullable=True),
        sa.Column("lifted_why", sa.Text(), nullable=False),
        sa.Column("lifted_by_person_id", _ID, nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_lot_recall_{name}")) for name, rule in _RULES),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_lot_recall_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_lot_recall_enterprise_id_enterprise")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_recall")),
        sa.UniqueConstraint("public_id", name=op.f("uq_lot_recall_public_id")),
    )
    op.create_index(
        "uq_lot_recall_open",
        "lot_recall",
        ["lot_id"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index("ix_lot_recall_lot", "lot_recall", ["lot_id", "recalled_at"])
    op.create_index("ix_lot_recall_enterprise", "lot_recall", ["enterprise_id", "recalled_at"])


_RULES = (
    ("reason_known", f"reason IN {_REASONS}"),
    ("advice_known", "advice IN ('keep', 'bring_back', 'throw_away')"),
    ("remedy_known", "remedy IN ('exchange', 'refund', 'either')"),
    ("by_side_known", f"by_side IN {_SIDES}"),
    ("lifted_by_known", f"lifted_by IN {_SIDES}"),
    ("lifted_because_known", "lifted_because IN ('done', 'cleared', 'mistaken')"),
    ("other_says_what", "reason <> 'other' OR length(words) > 0"),
    ("office_is_named", "(by_side = 'maker') = (authority = '')"),
    ("remedy_has_phone", "remedy IS NULL OR length(phone) > 0"),
    ("until_of_a_remedy", "until_on IS NULL OR remedy IS NOT NULL"),
    ("lifted_by_a_side", "(lifted_at IS NULL) = (lifted_by IS NULL)"),
    ("lifted_for_a_reason", "(lifted_at IS NULL) = (lifted_because IS NULL)"),
    ("lifted_says_why", "lifted_at IS NULL OR length(lifted_why) > 0"),
    ("lifted_later", "lifted_at IS NULL OR lifted_at >= recalled_at"),
    ("office_stands", "lifted_by <> 'maker' OR by_side = 'maker'"),
)


def _read_stamps_of_entries() -> None:
    """Entries name their stamps in their bodies: those written so far are read once."""
    said = "(body::json->>'{0}')::bigint"
    if op.get_bind().dialect.name == "sqlite":
        said = "json_extract(body, '$.{0}')"
    op.execute(
        f"UPDATE log_entry SET first = {said.format('first')}, last = {said.format('last')}"
        " WHERE kind IN ('void', 'correct', 'verdict')"
    )


def _refuse_while_told() -> None:
    """Refuse before anything changes: what the log has told is never taken out of it."""
    told = op.get_bind().scalar(sa.text("SELECT count(*) FROM log_entry WHERE kind = 'recall-lift'"))
    if told:
        raise RuntimeError(
            f"{told} entries of the log are of kind recall-lift, which the revision before 0054 does not know."
            " Entries are never removed: there is no way back from here."
        )


def downgrade() -> None:
    _refuse_while_told()
    op.drop_index("ix_log_entry_stamps", "log_entry")
    with op.batch_alter_table("log_entry") as batch:
        batch.drop_constraint(op.f("ck_log_entry_first_before_last"), type_="check")
        batch.drop_constraint(op.f("ck_log_entry_from_first_to_last"), type_="check")
        batch.drop_constraint(op.f("ck_log_entry_kind_known"), type_="check")
        batch.create_check_constraint(op.f("ck_log_entry_kind_known"), f"kind IN {_BEFORE}")
        batch.drop_column("last")
        batch.drop_column("first")
    op.drop_table("lot_recall")
    op.drop_column("lot", "recalled_since")
