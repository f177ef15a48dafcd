from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import queries, service
from accounts.errors import AppointmentUnknown, DeputyUnknown
from accounts.models import Person
from accounts.rules import Office
from core.audit import AuditEntry
from core.work import Work
from tests.makers import make_officer, make_person


def offices(work: Work, person: Person) -> list[tuple[str | None, str | None, bool]]:
    return [
        (one.province_code, one.commune_code, one.is_deputy)
        for one in queries.offices(work.session, person.id, today=work.today)
    ]


def test_one_officer_holds_several_areas_and_the_same_but_once(work: Work) -> None:
    first = service.invite_officer(work, sign_in="a@goc.example", name="Thảo", area="01726")
    again = service.invite_officer(work, sign_in="a@goc.example", name="Thảo", area="01726")
    service.invite_officer(work, sign_in="a@goc.example", name="Thảo", area="4")

    person = work.session.scalars(select(Person)).one()
    assert offices(work, person) == [("4", "01726", False), ("4", None, False)]
    assert first is not None
    assert again not in {None, first}  # The newest link alone opens.


def test_whoever_moves_loses_the_area_and_the_deputies_with_it(work: Work) -> None:
    person, other = make_person(work), make_person(work, sign_in="b@goc.example")
    other.password_hash = "hash"
    make_officer(work, person=person)
    service.appoint_deputy(
        work,
        person_id=person.id,
        area="4",
        deputy="b@goc.example",
        starts_on=work.today,
        until_on=work.today,
    )
    assert offices(work, other) == [("4", None, True)]

    service.end_appointment(work, person_id=person.id, area="4")

    assert offices(work, person) == []
    assert offices(work, other) == []
    acts = work.session.scalars(select(AuditEntry.act)).all()
    assert sorted(acts) == ["appoint_deputy", "end_appointment", "end_appointment"]
    with pytest.raises(AppointmentUnknown):
        service.end_appointment(work, person_id=person.id, area="4")


def test_a_deputy_stands_in_on_the_days_named_alone(work: Work) -> None:
    person, other = make_person(work), make_person(work, sign_in="b@goc.example")
    other.password_hash = "hash"
    make_officer(work, person=person)
    tomorrow = work.today + timedelta(days=1)
    service.appoint_deputy(
        work,
        person_id=person.id,
        area="4",
        deputy="b@goc.example",
        starts_on=tomorrow,
        until_on=tomorrow,
    )

    assert offices(work, other) == []
    held = queries.held_offices(work.session, today=work.today)
    assert [(one.person_id, one.until_on) for one in held] == [
        (person.id, None),
        (other.id, tomorrow),
    ]


def test_nobody_stands_in_for_themselves_or_without_a_password(work: Work) -> None:
    person = make_person(work)
    make_person(work, sign_in="b@goc.example")
    make_officer(work, person=person)

    for deputy in ("ha@goc.example", "b@goc.example", "nobody@goc.example"):
        with pytest.raises(DeputyUnknown):
            service.appoint_deputy(
                work,
                person_id=person.id,
                area="4",
                deputy=deputy,
                starts_on=work.today,
                until_on=work.today,
            )

    assert len(queries.held_offices(work.session, today=work.today)) == 1
    assert isinstance(queries.offices(work.session, person.id, today=work.today)[0], Office)
