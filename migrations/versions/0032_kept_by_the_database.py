"""What was kept by code alone is kept by the database; every row that is looked up has its index.

Old rows that say otherwise are put right first: what ended before it began ended as it began; of
a protected name in force twice for one owner the first stays, with whoever may use either.
"""

from alembic import op
import sqlalchemy as sa


revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_ENDED = (  # table, when it began, the constraint's name
    ("api_token", "created_at", "ended_after_making"),
    ("caretaker", "since_at", "ended_after_beginning"),
    ("guiding", "asked_at", "ended_after_asking"),
    ("practice", "begun_at", "ended_after_beginning"),
    ("protected_name", "added_at", "ended_after_adding"),
)
_KNOWN = (
    ("area_target", "year_in_bounds", "year BETWEEN 2000 AND 2099"),
    ("purpose_consent", "purpose_known", "purpose IN ('account', 'sell', 'show_phone')"),
)
_INDEXES = (  # table, column; the index is named by the column without its "_id"
    ("account_change", "enterprise_id"),
    ("account_change", "heir_id"),
    ("account_change", "paper_id"),
    ("account_change", "person_id"),
    ("appointment", "deputy_for_id"),
    ("caretaker", "enterprise_id"),
    ("certificate", "photo_id"),
    ("certificate", "product_id"),
    ("consent", "paper_id"),
    ("consent", "team_id"),
    ("consent_asking", "consent_id"),
    ("consent_asking", "team_id"),
    ("entitled_member", "enterprise_id"),
    ("guiding", "enterprise_id"),
    ("label_print", "enterprise_id"),
    ("lot", "pack_id"),
    ("name_case", "enterprise_id"),
    ("password_link", "person_id"),
    ("practice", "training_id"),
    ("product_change", "enterprise_id"),
    ("product_change", "product_id"),
    ("product_photo", "enterprise_id"),
    ("product_review", "enterprise_id"),
    ("product_revision", "enterprise_id"),
    ("recognition", "enterprise_id"),
    ("recognition", "photo_id"),
    ("sign_in", "enterprise_id"),
    ("stamp_act", "enterprise_id"),
    ("team_member", "team_id"),
)
_IN_FORCE = sa.text("ended_at IS NULL")
# A line in force that stands there already: `kept` is the first of its name and owner.
_TWICE = """
    FROM protected_name AS kept, protected_name AS twin
    WHERE kept.folded = twin.folded AND kept.owner = twin.owner AND kept.id < twin.id
        AND kept.ended_at IS NULL AND twin.ended_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM protected_name AS first
            WHERE first.folded = kept.folded AND first.owner = kept.owner
                AND first.ended_at IS NULL AND first.id < kept.id)
"""


def upgrade() -> None:
    _keep_each_name_once()
    for table, began, name in _ENDED:
        op.execute(f"UPDATE {table} SET ended_at = {began} WHERE ended_at < {began}")
        _check(table, name, f"ended_at >= {began}")
    for table, name, condition in _KNOWN:
        _check(table, name, condition)
    op.create_index(
        "uq_protected_name_in_force",
        "protected_name",
        ["folded", "owner"],
        unique=True,
        sqlite_where=_IN_FORCE,
        postgresql_where=_IN_FORCE,
    )
    for table, column in _INDEXES:
        op.create_index(_index(table, column), table, [column])


def _keep_each_name_once() -> None:
    op.execute(
        f"""
        INSERT INTO entitled_member (name_id, enterprise_id, since_at)
        SELECT pair.kept_id, member.enterprise_id, min(member.since_at)
        FROM (SELECT kept.id AS kept_id, twin.id AS twin_id {_TWICE}) AS pair
        JOIN entitled_member AS member ON member.name_id = pair.twin_id
        WHERE NOT EXISTS (SELECT 1 FROM entitled_member AS known
            WHERE known.name_id = pair.kept_id AND known.enterprise_id = member.enterprise_id)
        GROUP BY pair.kept_id, member.enterprise_id
        """
    )
    twins = f"SELECT twin.id {_TWICE}"
    op.execute(
        f"""
        UPDATE name_case SET outcome = 'withdrawn', decided_at = opened_at
        WHERE decided_at IS NULL AND name_id IN ({twins})
        """
    )
    op.execute(f"UPDATE protected_name SET ended_at = added_at WHERE id IN ({twins})")


def _check(table: str, name: str, condition: str) -> None:
    with op.batch_alter_table(table) as batch:
        batch.create_check_constraint(op.f(f"ck_{table}_{name}"), condition)


def _index(table: str, column: str) -> str:
    return f"ix_{table}_{column.removesuffix('_id').removesuffix('_for')}"


def downgrade() -> None:
    for table, column in _INDEXES:
        op.drop_index(_index(table, column), table)
    op.drop_index("uq_protected_name_in_force", "protected_name")
    ended = ((table, name) for table, _, name in _ENDED)
    known = ((table, name) for table, name, _ in _KNOWN)
    for table, name in (*known, *ended):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
