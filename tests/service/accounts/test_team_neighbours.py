"""What is done to one team, guiding or token is done to no other."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from accounts import service
from accounts.errors import ConsentOver, InvitationClosed
from accounts.models import ApiToken, Consent, ConsentAsking, Guiding, Person, Team, TeamMember
from accounts.service import NewToken
from accounts.token_errors import TokenGone
from accounts.token_scopes import TokenScope
from core.work import By, Work
from tests.makers import (
    make_asking,
    make_consent,
    make_enterprise,
    make_guiding,
    make_member,
    make_person,
    make_team,
    make_team_member,
)


class _Teams:
    """Thảo's two teams, each with Minh in it, let in by the smithy and asking the farm."""

    def __init__(self, work: Work) -> None:
        self.work = work
        smithy, farm = make_enterprise(work), make_enterprise(work, name="Mẫu – Trại")
        self.smithy_id = smithy.id
        self.thao = make_person(work, sign_in="thao@goc.example", name="Thảo")
        self.minh = make_person(work, sign_in="minh@goc.example", name="Minh")
        self.teams: list[Team] = [make_team(work, opener=self.thao) for _ in range(2)]
        self.consents: list[Consent] = []
        for team in self.teams:
            make_team_member(work, team=team, person=self.minh)
            helper = make_person(work, sign_in=f"{team.public_id}@goc.example", name="Dung")
            given = make_consent(work, enterprise=smithy, helper=helper, team=team)
            self.consents.append(given)
            make_asking(work, enterprise=farm, helper=helper).team_id = team.id
        work.session.flush()

    def does(self, person: Person) -> Work:
        return replace(self.work, by=By("person", person.id))

    def helping(self, consent: Consent) -> Work:
        by = By("person", self.minh.id, enterprise_id=self.smithy_id, consent_id=consent.id)
        return replace(self.work, by=by)


@pytest.fixture
def two(work: Work) -> _Teams:
    return _Teams(work)


def test_one_team_ends_and_the_other_keeps_its_consents_askings_and_members(two: _Teams) -> None:
    first, second = two.teams

    service.end_team(two.does(two.thao), team_id=first.id)

    two.work.session.expire_all()
    assert (first.ended_at, second.ended_at) == (two.work.now, None)
    assert [one.ended_at for one in two.consents] == [two.work.now, None]
    states = select(ConsentAsking.state).order_by(ConsentAsking.id)
    assert two.work.session.scalars(states).all() == ["withdrawn", "asked"]
    service.hold_consent(two.helping(two.consents[1]))
    with pytest.raises(ConsentOver):
        service.hold_consent(two.helping(two.consents[0]))


def test_who_leaves_one_team_acts_for_the_other_alone(two: _Teams) -> None:
    service.leave_team(two.does(two.minh), team_id=two.teams[0].id)

    with pytest.raises(ConsentOver):
        service.hold_consent(two.helping(two.consents[0]))
    service.hold_consent(two.helping(two.consents[1]))
    left = select(TeamMember.team_id).where(TeamMember.ended_at.is_not(None))
    assert two.work.session.scalars(left).all() == [two.teams[0].id]


def test_who_is_in_one_team_is_asked_into_another_and_again_after_leaving(two: _Teams) -> None:
    third = make_team(two.work, opener=two.thao)
    opening = two.does(two.thao)
    name = two.minh.sign_in

    first = service.ask_into_team(opening, team_id=third.id, name="Minh", sign_in=name)
    service.join_team(two.does(two.minh), public_id=first)
    service.leave_team(two.does(two.minh), team_id=third.id)
    again = service.ask_into_team(opening, team_id=third.id, name="Minh", sign_in=name)

    with pytest.raises(InvitationClosed):
        service.join_team(two.does(two.minh), public_id=first)
    service.join_team(two.does(two.minh), public_id=again)
    inside = select(TeamMember.public_id).where(
        TeamMember.team_id == third.id, TeamMember.ended_at.is_(None)
    )
    assert two.work.session.scalars(inside).all() == [again]


def test_a_pair_begins_ones_own_guiding_and_leaving_ends_ones_own(work: Work) -> None:
    smithy, minh = make_enterprise(work), make_person(work, sign_in="minh@goc.example")
    tu, ha = make_person(work, sign_in="tu@goc.example"), make_person(work)
    waiting = [
        make_guiding(work, enterprise=smithy, producer=one, helper=minh, is_on=False)
        for one in (tu, ha)
    ]

    begun = service.choose_pair(replace(work, by=By("person", ha.id)), pair="47")
    assert begun == waiting[1].public_id
    service.leave_guiding(replace(work, by=By("person", minh.id)), public_id=begun)

    rows = work.session.scalars(select(Guiding).execution_options(populate_existing=True))
    assert {one.producer_id: (one.on_at, one.ended_at) for one in rows} == {
        tu.id: (None, None),
        ha.id: (work.now, work.now),
    }


def test_a_token_is_ended_and_noted_by_itself_and_by_its_person_alone(work: Work) -> None:
    forge = make_enterprise(work)
    tokens = []
    for name in ("tu", "ha", "ha2"):
        person = make_person(work, sign_in=f"{name}@goc.example")
        make_member(work, enterprise=forge, person=person)
        work.by = By("person", person.id)
        new = NewToken(name, [TokenScope.READ_PRODUCTS], days=30)
        service.make_token(work, enterprise_id=forge.id, new=new)
        tokens.append(work.session.scalars(select(ApiToken).where(ApiToken.name == name)).one())
    service.note_token_use(work, token_id=tokens[1].id)

    with pytest.raises(TokenGone):
        service.end_token(work, public_id=tokens[0].public_id)
    service.end_token(work, public_id=tokens[2].public_id)
    with pytest.raises(TokenGone):
        service.end_token(work, public_id=tokens[2].public_id)

    work.session.expire_all()
    assert [one.ended_at for one in tokens] == [None, None, work.now]
    assert [one.last_used_on for one in tokens] == [None, work.today, None]
