"""What the database itself refuses, whatever the code above it believes."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from accounts import service
from accounts.errors import NameListed
from accounts.models import (
    ApiToken,
    AreaTarget,
    Caretaker,
    Guiding,
    Practice,
    ProtectedName,
    PurposeConsent,
)
from accounts.protecting import NameKind
from accounts.service import NewName
from core.database import Base
from core.work import Work
from tests.makers import make_enterprise, make_person

VILLAGE = NewName("Phúc Sen", NameKind.VILLAGE, "UBND xã Phúc Sen", "Mẫu")


def row(work: Work, table: type[Base]) -> Base:
    """A row of the table as services write it, not yet ended, with what it points to."""
    enterprise, person = make_enterprise(work).id, make_person(work).id
    later = work.now + timedelta(days=1)
    rows: dict[type[Base], dict[str, object]] = {
        ApiToken: {
            "public_id": "K000000001",
            "token_hash": "h",
            "person_id": person,
            "enterprise_id": enterprise,
            "name": "Sổ kho",
            "scopes": [],
            "created_at": work.now,
            "expires_at": later,
        },
        AreaTarget: {
            "area": "4",
            "year": 2026,
            "figure": "makers",
            "wanted": 1,
            "person_id": person,
            "entered_at": work.now,
        },
        Caretaker: {
            "enterprise_id": enterprise,
            "person_id": person,
            "given_by_id": person,
            "since_at": work.now,
        },
        Guiding: {
            "public_id": "G000000001",
            "enterprise_id": enterprise,
            "producer_id": person,
            "pairs": [],
            "asked_at": work.now,
            "until_at": later,
        },
        Practice: {
            "enterprise_id": enterprise,
            "person_id": person,
            "begun_at": work.now,
            "wipe_at": later,
        },
        ProtectedName: {
            "public_id": "N000000001",
            "name": "Phúc Sen",
            "folded": "phuc sen",
            "kind": "village",
            "owner": "UBND xã Phúc Sen",
            "source": "Mẫu",
            "added_at": work.now,
        },
        PurposeConsent: {
            "person_id": person,
            "purpose": "sell",
            "version": 1,
            "given_at": work.now,
        },
    }
    return table(**rows[table])


@pytest.mark.parametrize(
    ("table", "constraint"),
    [
        (ApiToken, "ended_after_making"),
        (Caretaker, "ended_after_beginning"),
        (Guiding, "ended_after_asking"),
        (Practice, "ended_after_beginning"),
        (ProtectedName, "ended_after_adding"),
    ],
)
def test_nothing_ends_before_it_began(work: Work, table: type[Base], constraint: str) -> None:
    one = row(work, table)
    one.ended_at = work.now  # type: ignore[attr-defined]  # Each of these tables has the column.
    work.session.add(one)
    work.session.flush()  # At the very moment it began it may end.

    one.ended_at = work.now - timedelta(microseconds=1)  # type: ignore[attr-defined]  # As above.

    with pytest.raises(IntegrityError, match=f"ck_{table.__tablename__}_{constraint}"):
        work.session.flush()


@pytest.mark.parametrize(
    ("table", "column", "value", "constraint"),
    [
        (AreaTarget, "year", 1999, "year_in_bounds"),
        (AreaTarget, "year", 2100, "year_in_bounds"),
        (PurposeConsent, "purpose", "adverts", "purpose_known"),
    ],
)
def test_a_value_nobody_knows_is_not_stored(
    work: Work, table: type[Base], column: str, value: object, constraint: str
) -> None:
    one = row(work, table)
    work.session.add(one)
    work.session.flush()

    setattr(one, column, value)

    with pytest.raises(IntegrityError, match=f"ck_{table.__tablename__}_{constraint}"):
        work.session.flush()


def test_a_name_is_in_force_once_for_its_owner(work: Work) -> None:
    work.session.add(row(work, ProtectedName))
    work.session.flush()
    again = {"name": "PHÚC SEN", "folded": "phuc sen", "kind": "mark", "source": "Mẫu"}
    twin = ProtectedName(
        public_id="N000000002", owner="UBND xã Phúc Sen", added_at=work.now, **again
    )

    with pytest.raises(IntegrityError), work.session.begin_nested():
        work.session.add(twin)

    another = ProtectedName(
        public_id="N000000003", owner="HTX Phúc Sen", added_at=work.now, **again
    )
    over = ProtectedName(
        public_id="N000000004",
        owner="UBND xã Phúc Sen",
        added_at=work.now,
        ended_at=work.now,
        **again,
    )
    work.session.add_all([another, over])
    work.session.flush()


def test_a_name_listed_for_its_owner_is_refused_and_after_its_end_taken_again(work: Work) -> None:
    first = service.add_protected_name(work, VILLAGE)

    with pytest.raises(NameListed):
        service.add_protected_name(work, VILLAGE)

    service.end_protected_name(work, name_id=first)
    assert service.add_protected_name(work, VILLAGE) > first
