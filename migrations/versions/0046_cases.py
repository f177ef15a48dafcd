"""Cases of suspected fakes, the place and price of reports, and stamps a case made doubted."""

from alembic import op
import sqlalchemy as sa

import core.database


revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = core.database.UtcDateTime(timezone=True)
_CASE_CHECKS = (
    ("state_known", "state IN ('new', 'looking', 'fake', 'genuine', 'unclear')"),
    ("concluded_by_known", "concluded_by IN ('maker', 'office')"),
    ("measure_known", "measure IN ('none', 'suspicious', 'void')"),
    ("ended_is_dated", "(state IN ('new','looking')) = (concluded_at IS NULL)"),
    ("concluded_by_a_side", "(concluded_at IS NULL) = (concluded_by IS NULL)"),
    ("fake_has_measure", "(state = 'fake') = (measure IS NOT NULL)"),
    ("ended_says_why", "state IN ('new','looking') OR length(why) > 0"),
)
_ENTRY_CHECKS = (
    (
        "act_known",
        "act IN ('opened', 'taken', 'noted', 'fake', 'genuine', 'unclear', 'lifted')",
    ),
    ("side_known", "side IN ('maker', 'office')"),
    ("note_not_empty", "act <> 'noted' OR length(words) > 0"),
)
_OLD_STATES = "state IN ('printed', 'active', 'void')"
_STATES = "state IN ('printed', 'active', 'doubted', 'void')"
_OLD_BOUND = "state <> 'active' OR lot_id IS NOT NULL"
_BOUND = "state NOT IN ('active','doubted') OR lot_id IS NOT NULL"
_OLD_ACTS = "act IN ('activate', 'bind', 'move', 'undo', 'void')"
_ACTS = "act IN ('activate', 'bind', 'doubt', 'lift', 'move', 'undo', 'void')"


def upgrade() -> None:
    _cases()
    _entries()
    _ranges()
    _reports()
    _check("stamp_range", "state_known", _STATES)
    _check("stamp_range", "active_has_lot", _BOUND)
    _check("stamp_act", "act_known", _ACTS)


def _cases() -> None:
    op.create_table(
        "stamp_case",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("serial", _ID, nullable=True),
        sa.Column("serial_text", sa.Text(), nullable=False),
        sa.Column("enterprise_id", _ID, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("concluded_at", _MOMENT, nullable=True),
        sa.Column("concluded_by", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=True),
        *_checks("stamp_case", _CASE_CHECKS),
        _of("stamp_case", "enterprise_id", "enterprise"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_case")),
        sa.UniqueConstraint("public_id", name=op.f("uq_stamp_case_public_id")),
    )
    is_open = sa.text("state IN ('new','looking')")
    op.create_index(
        "uq_stamp_case_open",
        "stamp_case",
        ["serial_text"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index("ix_stamp_case_enterprise", "stamp_case", ["enterprise_id", "state"])
    op.create_index("ix_stamp_case_serial", "stamp_case", ["serial"])


def _entries() -> None:
    op.create_table(
        "stamp_case_entry",
        sa.Column("id", _ID, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("by_person_id", _ID, nullable=True),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        *_checks("stamp_case_entry", _ENTRY_CHECKS),
        _of("stamp_case_entry", "case_id", "stamp_case"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_case_entry")),
    )
    op.create_index("ix_stamp_case_entry_case", "stamp_case_entry", ["case_id", "id"])


def _ranges() -> None:
    op.create_table(
        "stamp_case_range",
        sa.Column("act_id", _ID, autoincrement=False, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("was_state", sa.Text(), nullable=False),
        sa.Column("was_from_at", _MOMENT, nullable=False),
        sa.Column("was_by_person_id", _ID, nullable=True),
        *_checks(
            "stamp_case_range", (("was_state_known", "was_state IN ('active','doubted')"),)
        ),
        _of("stamp_case_range", "act_id", "stamp_act"),
        _of("stamp_case_range", "case_id", "stamp_case"),
        sa.PrimaryKeyConstraint("act_id", name=op.f("pk_stamp_case_range")),
    )
    op.create_index("ix_stamp_case_range_case", "stamp_case_range", ["case_id"])


def _reports() -> None:
    with op.batch_alter_table("stamp_report") as table:
        table.add_column(sa.Column("place", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("commune_code", sa.Text(), nullable=True))
        table.add_column(sa.Column("shop", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("price_vnd", _ID, nullable=True))
        table.add_column(sa.Column("case_id", _ID, nullable=True))
        table.create_check_constraint(op.f("ck_stamp_report_price_positive"), "price_vnd > 0")
        table.create_foreign_key(
            op.f("fk_stamp_report_case_id_stamp_case"), "stamp_case", ["case_id"], ["id"]
        )
    with op.batch_alter_table("stamp_report") as table:
        table.alter_column("place", existing_type=sa.Text(), server_default=None)
        table.alter_column("shop", existing_type=sa.Text(), server_default=None)
    op.create_index("ix_stamp_report_serial_text", "stamp_report", ["serial_text"])
    op.create_index("ix_stamp_report_case", "stamp_report", ["case_id"])


def _check(table_name: str, name: str, condition: str) -> None:
    constraint = op.f(f"ck_{table_name}_{name}")
    with op.batch_alter_table(table_name) as table:
        table.drop_constraint(constraint, type_="check")
        table.create_check_constraint(constraint, condition)


def _checks(table: str, checks: tuple[tuple[str, str], ...]) -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))
        for name, condition in checks
    ]


def _of(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}")
    )


def _refuse_while_told() -> None:
    """Refuse before anything changes: what the log has told is never taken out of it."""
    told = op.get_bind().scalar(sa.text("SELECT count(*) FROM log_entry WHERE kind = 'verdict'"))
    if told:
        raise RuntimeError(
            f"{told} entries of the log are of kind verdict, which the revision before 0046 does not know."
            " Entries are never removed: there is no way back from here."
        )


def downgrade() -> None:
    _refuse_while_told()
    op.execute("UPDATE stamp_range SET state = 'active' WHERE state = 'doubted'")
    op.execute("DELETE FROM stamp_case_range")
    op.execute("DELETE FROM stamp_act WHERE act IN ('doubt','lift')")
    _check("stamp_act", "act_known", _OLD_ACTS)
    _check("stamp_range", "active_has_lot", _OLD_BOUND)
    _check("stamp_range", "state_known", _OLD_STATES)
    op.drop_index("ix_stamp_report_case", "stamp_report")
    op.drop_index("ix_stamp_report_serial_text", "stamp_report")
    with op.batch_alter_table("stamp_report") as table:
        table.drop_constraint(op.f("fk_stamp_report_case_id_stamp_case"), type_="foreignkey")
        table.drop_constraint(op.f("ck_stamp_report_price_positive"), type_="check")
        for name in ("case_id", "price_vnd", "shop", "commune_code", "place"):
            table.drop_column(name)
    op.drop_table("stamp_case_range")
    op.drop_table("stamp_case_entry")
    op.drop_table("stamp_case")
