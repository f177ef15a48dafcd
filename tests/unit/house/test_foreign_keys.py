"""Every foreign key is found by an index, or says why nobody looks for it.

Without one, removing a row that is pointed at reads the whole other table, once for each row.
"""

import pytest
from sqlalchemy import Column, Index, Table, UniqueConstraint
from sqlalchemy.sql.schema import ColumnCollectionConstraint

import accounts.models
import catalog.models
import traceability.models
from core.database import Base

# A person is blanked, never deleted; only the person's own export asks for these.
WHO_DID_IT = {
    "account_change.asked_by_id",
    "area_target.person_id",
    "caretaker.given_by_id",
    "consent.decided_by_id",
    "consent.ended_by_id",
    "consent.witness_id",
    "consent_asking.decided_by_id",
    "consent_asking.sent_to_id",
    "enterprise_review.officer_id",
    "invitation.accepted_by_id",
    "invitation.created_by_id",
    "maker_reminder.person_id",
    "name_case.answered_by_id",
    "place_change.asked_by_id",
    "product_review.officer_id",
    "recognition.reviewed_by_id",
    "team.ended_by_id",
    "team.opened_by_id",
    "team_member.invited_by_id",
}
# What they point at is never deleted, and only open ones are looked up: a partial index has those.
OPEN_ONES = {
    "erasure.person_id",
    "guiding.producer_id",
    "name_case.name_id",
    "practice.person_id",
    "purpose_consent.person_id",
}
GONE_WITHIN_A_DAY = {"proof.person_id", "second_step.person_id"}  # A handful of rows.
MODELS = (accounts.models, catalog.models, traceability.models)  # Imported: they fill the table.


def foreign_keys() -> dict[str, Column[object]]:
    return {
        f"{table.name}.{key.parent.name}": key.parent
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
    }


def test_every_foreign_key_leads_an_index_or_says_why_not() -> None:
    unled = {name for name, column in foreign_keys().items() if not _leads(column, partial=False)}

    assert unled == WHO_DID_IT | OPEN_ONES | GONE_WITHIN_A_DAY


@pytest.mark.parametrize("name", sorted(OPEN_ONES))
def test_what_is_looked_up_while_open_leads_a_partial_index(name: str) -> None:
    assert _leads(foreign_keys()[name], partial=True)


@pytest.mark.parametrize("name", sorted(WHO_DID_IT))
def test_who_did_something_is_a_person(name: str) -> None:
    [key] = foreign_keys()[name].foreign_keys

    assert key.column.table.name == "person"


def _leads(column: Column[object], *, partial: bool) -> bool:
    """Whether an index begins with the column: one of all rows, or one of some."""
    table = column.table
    assert isinstance(table, Table)
    kinds: list[Index | ColumnCollectionConstraint]
    kinds = [one for one in table.indexes if _whole(one) is not partial]
    if not partial:
        kinds += [table.primary_key, *_uniques(table)]
    return any(next(iter(one.columns)) is column for one in kinds)


def _uniques(table: Table) -> list[UniqueConstraint]:
    return [one for one in table.constraints if isinstance(one, UniqueConstraint)]


def _whole(index: Index) -> bool:
    return index.dialect_options["sqlite"].get("where") is None
