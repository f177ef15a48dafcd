"""Who belongs: invited once, given roles, never without a director."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import queries, service
from accounts.errors import (
    HeirOnPaper,
    InvitationClosed,
    InvitationNotForYou,
    LastDirector,
    NotAMember,
)
from accounts.models import ApiToken, Enterprise, Membership, Person
from accounts.rules import Role
from accounts.service.members import replace_director
from accounts.token_scopes import TokenScope
from core.audit import AuditEntry
from core.work import By, Work
from tests.makers import make_enterprise, make_member, make_person


@pytest.fixture
def coop(work: Work) -> Enterprise:
    """A cooperative led by Lan, in whose name everything is done."""
    enterprise = make_enterprise(work, name="Mẫu – HTX")
    lan = make_person(work, sign_in="lan@goc.example", name="Lan")
    make_member(work, enterprise=enterprise, person=lan)
    work.by = By("person", lan.id, enterprise.id)
    return enterprise


def _somebody(work: Work, name: str = "Mai") -> Person:
    return make_person(work, sign_in=f"{name.lower()}@goc.example", name=name)


def _roles(work: Work, enterprise: Enterprise) -> list[tuple[str, Role]]:
    return [(one.name, one.role) for one in queries.members(work.session, enterprise.id)]


def _invite(work: Work, coop: Enterprise, *, sign_in: str | None = None) -> str:
    return service.invite_member(
        work, enterprise_id=coop.id, role=Role.WAREHOUSE, name="Mai", sign_in=sign_in
    ).public_id


def test_an_invited_person_joins_with_the_role_asked_for(work: Work, coop: Enterprise) -> None:
    mai = _somebody(work)
    invitation = _invite(work, coop)
    work.by = By("person", mai.id)

    assert service.accept_invitation(work, public_id=invitation) == coop.id

    assert _roles(work, coop) == [("Lan", Role.DIRECTOR), ("Mai", Role.WAREHOUSE)]
    assert queries.open_invitations(work.session, coop.id, now=work.now) == []
    acts = work.session.scalars(select(AuditEntry.act).order_by(AuditEntry.act)).all()
    assert acts == ["accept_invitation", "invite_member"]


@pytest.mark.parametrize("answer", ["accept", "refuse", "withdraw"])
def test_an_invitation_is_answered_once(work: Work, coop: Enterprise, answer: str) -> None:
    invitation = _invite(work, coop)
    work.by = By("person", _somebody(work).id)
    verbs = {
        "accept": service.accept_invitation,
        "refuse": service.refuse_invitation,
        "withdraw": service.withdraw_invitation,
    }
    verbs[answer](work, public_id=invitation)

    for again in verbs.values():
        with pytest.raises(InvitationClosed):
            again(work, public_id=invitation)


def test_an_invitation_is_dead_after_fourteen_days(work: Work, coop: Enterprise) -> None:
    invitation = _invite(work, coop)
    work.by = By("person", _somebody(work).id)
    work.now += timedelta(days=14)

    with pytest.raises(InvitationClosed):
        service.accept_invitation(work, public_id=invitation)
    work.now -= timedelta(microseconds=1)
    service.accept_invitation(work, public_id=invitation)


def test_an_invitation_to_a_number_is_for_nobody_else(work: Work, coop: Enterprise) -> None:
    mai, other = _somebody(work), _somebody(work, "Tú")
    invitation = _invite(work, coop, sign_in="mai@goc.example")

    work.by = By("person", other.id)
    with pytest.raises(InvitationNotForYou), work.session.begin_nested():
        service.accept_invitation(work, public_id=invitation)
    work.by = By("person", mai.id)
    service.accept_invitation(work, public_id=invitation)

    assert _roles(work, coop) == [("Lan", Role.DIRECTOR), ("Mai", Role.WAREHOUSE)]


def test_an_invitation_takes_no_role_from_who_belongs_already(work: Work, coop: Enterprise) -> None:
    invitation = _invite(work, coop)  # Lan opens it herself.

    service.accept_invitation(work, public_id=invitation)

    assert _roles(work, coop) == [("Lan", Role.DIRECTOR)]


def test_who_left_comes_back_with_the_new_role_since_now(work: Work, coop: Enterprise) -> None:
    mai = _somebody(work)
    make_member(work, enterprise=coop, person=mai, role="grower")
    service.remove_member(work, enterprise_id=coop.id, person_id=mai.id)
    assert _roles(work, coop) == [("Lan", Role.DIRECTOR)]
    invitation = _invite(work, coop)
    work.by, work.now = By("person", mai.id), work.now + timedelta(days=1)

    service.accept_invitation(work, public_id=invitation)

    (again,) = [m for m in queries.members(work.session, coop.id) if m.name == "Mai"]
    assert (again.role, again.since_at) == (Role.WAREHOUSE, work.now)


def test_the_last_director_neither_leaves_nor_steps_down(work: Work, coop: Enterprise) -> None:
    lan = work.by.person_id
    assert lan is not None
    on_paper = make_person(work, sign_in="x@goc.example", name="Ông Sáu")
    on_paper.sign_in = None
    make_member(work, enterprise=coop, person=on_paper)  # A director who could decide nothing.

    with pytest.raises(LastDirector):
        service.remove_member(work, enterprise_id=coop.id, person_id=lan)
    with pytest.raises(LastDirector):
        service.change_role(work, enterprise_id=coop.id, person_id=lan, role=Role.SELLER)
    service.change_role(work, enterprise_id=coop.id, person_id=lan, role=Role.DIRECTOR)

    make_member(work, enterprise=coop, person=_somebody(work))
    service.remove_member(work, enterprise_id=coop.id, person_id=lan)
    assert [name for name, _ in _roles(work, coop)] == ["Mai", "Ông Sáu"]


def test_a_director_hands_over_and_keeps_a_role(work: Work, coop: Enterprise) -> None:
    mai = _somebody(work)
    make_member(work, enterprise=coop, person=mai, role="grower")

    service.hand_over(work, enterprise_id=coop.id, to_person_id=mai.id, own_role=Role.ACCOUNTANT)

    assert _roles(work, coop) == [("Mai", Role.DIRECTOR), ("Lan", Role.ACCOUNTANT)]


def test_nothing_is_handed_over_to_somebody_on_paper_or_gone(work: Work, coop: Enterprise) -> None:
    (sau,) = service.add_members_on_paper(
        work, enterprise_id=coop.id, members=[("Ông Sáu", Role.GROWER)]
    )
    mai = _somebody(work)
    make_member(work, enterprise=coop, person=mai).ended_at = work.now
    work.session.flush()

    with pytest.raises(HeirOnPaper):
        service.hand_over(work, enterprise_id=coop.id, to_person_id=sau, own_role=Role.SELLER)
    with pytest.raises(NotAMember):
        service.hand_over(work, enterprise_id=coop.id, to_person_id=mai.id, own_role=Role.SELLER)
    assert _roles(work, coop) == [("Lan", Role.DIRECTOR), ("Ông Sáu", Role.GROWER)]


def test_members_are_found_by_name_without_marks_and_stand_in_the_order_of_the_alphabet(
    work: Work, coop: Enterprise
) -> None:
    service.add_members_on_paper(
        work,
        enterprise_id=coop.id,
        members=[("Đạt", Role.GROWER), ("Dũng", Role.GROWER), ("Ánh", Role.GROWER)],
    )

    assert [name for name, _ in _roles(work, coop)] == ["Lan", "Ánh", "Dũng", "Đạt"]
    found = queries.members(work.session, coop.id, words="dAt")
    assert [one.name for one in found] == ["Đạt"]
    count = select(Membership.id).where(Membership.role == "grower")
    assert len(work.session.scalars(count).all()) == 3


@pytest.mark.parametrize("who", ["elsewhere", "seller", "gone"])
def test_nobody_but_a_living_director_of_this_enterprise_stands_in_for_the_last(
    work: Work, coop: Enterprise, who: str
) -> None:
    lan = work.by.person_id
    assert lan is not None
    elsewhere = make_enterprise(work, name="Mẫu – HTX khác")
    other = make_member(
        work,
        enterprise=elsewhere if who == "elsewhere" else coop,
        person=_somebody(work),
        role="seller" if who == "seller" else "director",
    )
    other.ended_at = work.now if who == "gone" else None
    work.session.flush()

    with pytest.raises(LastDirector):
        service.remove_member(work, enterprise_id=coop.id, person_id=lan)

    assert ("Lan", Role.DIRECTOR) in _roles(work, coop)


def test_a_member_of_two_enterprises_leaves_one_alone(work: Work, coop: Enterprise) -> None:
    mai, elsewhere = _somebody(work), make_enterprise(work, name="Mẫu – HTX khác")
    for enterprise in (coop, elsewhere):
        make_member(work, enterprise=enterprise, person=mai, role="grower")

    service.remove_member(work, enterprise_id=coop.id, person_id=mai.id)

    assert _roles(work, coop) == [("Lan", Role.DIRECTOR)]
    assert _roles(work, elsewhere) == [("Mai", Role.GROWER)]


def _make_token(work: Work, enterprise: Enterprise, person: Person) -> None:
    new = service.NewToken("Máy ở nhà", [TokenScope.READ_PRODUCTS], 90)
    service.make_token(
        replace(work, by=By("person", person.id)), enterprise_id=enterprise.id, new=new
    )


def _living_tokens(work: Work) -> list[tuple[int, int]]:
    """The enterprise and the person of each."""
    rows = select(ApiToken.enterprise_id, ApiToken.person_id).where(ApiToken.ended_at.is_(None))
    return [(id_, person_id) for id_, person_id in work.session.execute(rows.order_by(ApiToken.id))]


def test_whoever_is_removed_leaves_no_token_there_and_keeps_those_elsewhere(
    work: Work, coop: Enterprise
) -> None:
    mai, tu = _somebody(work), _somebody(work, "Tú")
    elsewhere = make_enterprise(work, name="Mẫu – HTX khác")
    for enterprise, person in ((coop, mai), (coop, tu), (elsewhere, mai)):
        make_member(work, enterprise=enterprise, person=person, role="seller")
        _make_token(work, enterprise, person)

    service.remove_member(work, enterprise_id=coop.id, person_id=mai.id)

    assert _living_tokens(work) == [(coop.id, tu.id), (elsewhere.id, mai.id)]


@pytest.mark.parametrize("had_left", [False, True])
def test_an_heir_by_paper_directs_and_whoever_directed_is_gone_with_their_tokens(
    work: Work, coop: Enterprise, *, had_left: bool
) -> None:
    lan = work.session.get_one(Person, work.by.person_id)
    mai, came_at = _somebody(work), work.now
    heir = make_member(work, enterprise=coop, person=mai, role="seller")
    heir.ended_at = work.now if had_left else None
    for person in (lan,) if had_left else (lan, mai):
        _make_token(work, coop, person)
    work.now += timedelta(days=1)

    replace_director(work, enterprise_id=coop.id, person_id=lan.id, heir_id=mai.id)

    assert _roles(work, coop) == [("Mai", Role.DIRECTOR)]
    assert (heir.since_at, heir.ended_at) == (work.now if had_left else came_at, None)
    assert _living_tokens(work) == ([] if had_left else [(coop.id, mai.id)])
    work.session.flush()
    found = select(AuditEntry).where(AuditEntry.act == "hand_over_by_paper")
    entry = work.session.scalars(found).one()
    assert (entry.object_kind, entry.object_id, entry.enterprise_id, entry.details) == (
        "person",
        mai.id,
        coop.id,
        {"before_person_id": lan.id},
    )


def test_every_change_of_members_is_on_record(work: Work, coop: Enterprise) -> None:
    mai = _somebody(work)
    make_member(work, enterprise=coop, person=mai, role="grower")
    withdrawn = _invite(work, coop)

    service.withdraw_invitation(work, public_id=withdrawn)
    service.add_members_on_paper(work, enterprise_id=coop.id, members=[("Sáu", Role.GROWER)])
    service.change_role(work, enterprise_id=coop.id, person_id=mai.id, role=Role.SELLER)
    service.hand_over(work, enterprise_id=coop.id, to_person_id=mai.id, own_role=Role.GROWER)
    service.remove_member(work, enterprise_id=coop.id, person_id=work.by.person_id or 0)

    work.session.flush()
    entries = work.session.scalars(
        select(AuditEntry).where(AuditEntry.enterprise_id == coop.id)
    ).all()
    assert {(one.act, one.object_kind): one.details for one in entries} == {
        ("invite_member", "invitation"): {"role": "warehouse"},
        ("withdraw_invitation", "invitation"): {"role": "warehouse"},
        ("add_members", "enterprise"): {"count": 1},
        ("change_role", "person"): {"before": "grower", "after": "seller"},
        ("hand_over", "person"): {"before_person_id": work.by.person_id},
        ("remove_member", "person"): {"role": "grower"},
    }


def test_an_answer_is_given_to_one_invitation_alone(work: Work, coop: Enterprise) -> None:
    one, other = _invite(work, coop), _invite(work, coop)

    service.withdraw_invitation(work, public_id=one)

    still = queries.open_invitations(work.session, coop.id, now=work.now)
    assert [each.public_id for each in still] == [other]
