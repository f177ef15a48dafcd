"""Closing: who alone directs a household may go, and what it sold goes from the shop with them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import queries, service
from accounts.errors import ClosingUnsaid, StillDirects
from accounts.models import (
    ApiToken,
    Caretaker,
    Enterprise,
    Erasure,
    Invitation,
    Membership,
    Person,
)
from accounts.rules import Office, Role
from accounts.service import NewToken
from accounts.token_scopes import TokenScope
from app.personal import HELD
from core.audit import AuditEntry
from core.dispatch.models import Dispatch
from core.outbox import OutboxEvent
from core.work import By, Work
from tests.makers import (
    make_asking,
    make_consent,
    make_enterprise,
    make_guiding,
    make_member,
    make_move,
    make_name_case,
    make_officer,
    make_person,
)

WEEK = timedelta(days=7)
PHONE = "+84912345678"


@pytest.fixture
def ha(work: Work) -> Person:
    return make_person(work, sign_in=PHONE)


@pytest.fixture
def household(work: Work, ha: Person) -> Enterprise:
    """Hà's alone: nobody else of it signs in."""
    household = make_enterprise(work)
    household.phone, household.phone_shown = PHONE, True
    make_member(work, enterprise=household, person=ha)
    return household


def ask(work: Work, person: Person, *closing: Enterprise) -> Erasure:
    named = [one.public_id for one in closing]
    return service.ask_erasure(work, person_id=person.id, closing=named)


def erase(work: Work) -> bool:
    is_done = service.erase_next(replace(work, now=work.now + WEEK), HELD)
    work.session.expire_all()
    return is_done


def events(work: Work) -> list[tuple[str, int]]:
    rows = work.session.scalars(select(OutboxEvent).order_by(OutboxEvent.id))
    return [(row.name, row.fields["enterprise_id"]) for row in rows]


def acts(work: Work, enterprise: Enterprise) -> list[str]:
    own = select(AuditEntry.act).where(AuditEntry.enterprise_id == enterprise.id)
    return sorted(work.session.scalars(own))


def test_a_household_closes_a_week_after_its_director_said_so(
    work: Work, ha: Person, household: Enterprise
) -> None:
    assert ask(work, ha, household).closes == [household.public_id]
    assert (household.state, events(work)) == ("verified", [])

    assert erase(work)

    assert (household.state, household.version, household.suspended_at) == ("closed", 2, None)
    assert (household.name, household.phone, household.phone_shown) == (
        "Mẫu – Lò rèn Hà",
        None,
        False,
    )
    assert (ha.name, ha.sign_in) == ("—", None)
    assert work.session.scalars(select(Erasure.outcome)).all() == ["done"]
    assert events(work) == [("EnterpriseStandingChanged", household.id)]
    assert acts(work, household) == ["close_enterprise"]
    assert work.session.scalars(select(Membership.ended_at)).all() == [work.now + WEEK]


def test_what_is_not_said_does_not_close_and_nothing_is_asked_for(
    work: Work, ha: Person, household: Enterprise
) -> None:
    other = make_enterprise(work, name="Mẫu – Khác")

    with pytest.raises(ClosingUnsaid) as refusal:
        ask(work, ha, other)

    assert refusal.value.values == {"enterprises": "Mẫu – Lò rèn Hà"}
    assert work.session.scalars(select(Erasure)).all() == []


def test_each_of_several_is_named(work: Work, ha: Person, household: Enterprise) -> None:
    second = make_enterprise(work, name="Mẫu – Trại ong Hà")
    make_member(work, enterprise=second, person=ha)
    with pytest.raises(ClosingUnsaid) as refusal:
        ask(work, ha, household)
    assert refusal.value.values == {"enterprises": "Mẫu – Trại ong Hà"}

    ask(work, ha, household, second)
    erase(work)

    assert (household.state, second.state) == ("closed", "closed")


@pytest.mark.parametrize("role", ["seller", "grower"])
def test_it_does_not_close_where_somebody_could_take_it_over(
    work: Work, ha: Person, household: Enterprise, role: str
) -> None:
    mai = make_person(work, sign_in="mai@goc.example", name="Mai")
    make_member(work, enterprise=household, person=mai, role=role)

    with pytest.raises(StillDirects):
        ask(work, ha, household)

    assert work.session.scalars(select(Erasure)).all() == []


def test_members_on_paper_take_nothing_over_and_leave_with_it(
    work: Work, ha: Person, household: Enterprise
) -> None:
    [paper_id] = service.add_members_on_paper(
        work, enterprise_id=household.id, members=[("Mùi", Role.GROWER)]
    )
    ask(work, ha, household)

    erase(work)

    assert household.state == "closed"
    assert queries.memberships(work.session, paper_id, now=work.now + WEEK) == ()
    assert work.session.get_one(Person, paper_id).name == "Mùi"


def test_whoever_joined_meanwhile_keeps_it_open_and_its_director_is_told(
    work: Work, ha: Person, household: Enterprise
) -> None:
    ask(work, ha, household)
    mai = make_person(work, sign_in="mai@goc.example", name="Mai")
    make_member(work, enterprise=household, person=mai, role="seller")

    assert erase(work)

    assert (household.state, household.version, household.phone) == ("verified", 1, PHONE)
    assert ha.sign_in == PHONE
    assert work.session.scalars(select(Erasure.outcome)).one() == "refused"
    told = work.session.scalars(select(Dispatch.words).order_by(Dispatch.id)).all()
    assert "chua xoa tai khoan cua ban duoc" in (told[-1] or "")
    assert events(work) == []


def test_what_came_to_be_directed_alone_after_the_asking_does_not_close(
    work: Work, ha: Person, household: Enterprise
) -> None:
    ask(work, ha, household)
    later = make_enterprise(work, name="Mẫu – Mới")
    make_member(work, enterprise=later, person=ha)

    erase(work)

    assert (household.state, later.state) == ("verified", "verified")
    assert work.session.scalars(select(Erasure.outcome)).one() == "refused"


def test_whoever_handed_it_over_meanwhile_leaves_it_open(
    work: Work, ha: Person, household: Enterprise
) -> None:
    ask(work, ha, household)
    mai = make_person(work, sign_in="mai@goc.example", name="Mai")
    make_member(work, enterprise=household, person=mai)

    erase(work)

    assert (household.state, ha.sign_in) == ("verified", None)
    assert work.session.scalars(select(Erasure.outcome)).one() == "done"


def test_nobody_acts_for_it_or_waits_for_it_any_more(
    work: Work, ha: Person, household: Enterprise
) -> None:
    minh = make_person(work, sign_in="minh@goc.example", name="Minh")
    officer = make_officer(work, person=make_person(work, sign_in="can@goc.example"))
    consent = make_consent(work, enterprise=household, helper=minh)
    asking = make_asking(work, enterprise=household, helper=minh)
    guiding = make_guiding(work, enterprise=household, producer=ha, helper=minh)
    move = make_move(work, enterprise=household)
    case = make_name_case(work, owner=make_enterprise(work, name="Mẫu – Làng nghề"))
    case.enterprise_id = household.id
    caretaker = Caretaker(
        enterprise_id=household.id,
        person_id=officer.person_id,
        given_by_id=officer.person_id,
        note="",
        since_at=work.now,
    )
    work.session.add(caretaker)
    by_ha = replace(work, by=By("person", ha.id, household.id))
    service.make_token(
        by_ha, enterprise_id=household.id, new=NewToken("máy", (TokenScope.READ_LOTS,), 30)
    )
    for name in ("chị Mai", "cũ"):
        service.invite_member(by_ha, enterprise_id=household.id, role=Role.SELLER, name=name)
    old = work.session.scalars(select(Invitation).where(Invitation.name == "cũ")).one()
    old.expires_at = work.now + timedelta(days=1)
    ask(work, ha, household)

    erase(work)

    at = work.now + WEEK
    assert queries.memberships(work.session, minh.id, now=at) == ()
    assert (consent.ended_at, caretaker.ended_at, guiding.ended_at) == (at, at, at)
    assert (asking.state, move.state, case.outcome) == ("withdrawn",) * 3
    assert work.session.scalars(select(ApiToken)).all() == []
    answers = work.session.execute(select(Invitation.name, Invitation.answer)).all()
    assert sorted(answers) == [("chị Mai", "withdrawn"), ("cũ", None)]
    assert "end_consent" in acts(work, household)


def test_one_that_closes_while_suspended_stays_known_as_suspended(
    work: Work, ha: Person, household: Enterprise
) -> None:
    household.state, household.suspended_at = "suspended", work.now
    ask(work, ha, household)

    erase(work)

    assert (household.state, household.suspended_at) == ("closed", work.now)


def test_officers_no_longer_find_it_among_the_makers_and_neighbours_stay(
    work: Work, ha: Person, household: Enterprise
) -> None:
    neighbour = make_enterprise(work, name="Mẫu – Hàng xóm")
    mai = make_person(work, sign_in="mai@goc.example", name="Mai")
    make_member(work, enterprise=neighbour, person=mai)
    consent = make_consent(work, enterprise=neighbour, helper=mai)
    ask(work, ha, household)

    erase(work)

    listed = queries.cared_makers(work.session, queries.makers_in([Office(1, Role.OFFICER, "4")]))
    assert [one.id for one in listed] == [neighbour.id]
    assert (neighbour.state, neighbour.version, consent.ended_at) == ("verified", 1, None)
    [own] = queries.memberships(work.session, mai.id, now=work.now + WEEK)
    assert own.enterprise_id == neighbour.id
