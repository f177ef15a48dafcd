"""A team helps: whoever is in it now, within what was given, and nobody who left."""

from dataclasses import replace

import pytest

from accounts import queries, service
from accounts.errors import (
    AskingClosed,
    ConsentOver,
    InvitationClosed,
    InvitationNotForYou,
)
from accounts.models import Consent, ConsentAsking, Enterprise, Person, Team
from accounts.queries import Asked
from accounts.rules import Role, Scope
from accounts.service import Wish
from accounts.team_errors import NotInTeam
from core.audit import AuditEntry
from core.work import By, Work
from tests.makers import (
    make_consent,
    make_enterprise,
    make_member,
    make_officer,
    make_person,
    make_team,
    make_team_member,
)


class _Cast:
    """A smithy, a team with Minh and Dung in it, and what the smith gave the team."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.smithy: Enterprise = make_enterprise(work)
        self.officer = make_person(work, sign_in="thao@goc.example", name="Thảo")
        self.minh = make_person(work, sign_in="minh@goc.example", name="Minh")
        self.dung = make_person(work, sign_in="dung@goc.example", name="Dung")
        self.team: Team = make_team(work, opener=self.officer)
        for one in (self.minh, self.dung):
            make_team_member(work, team=self.team, person=one)

    def give(self) -> Consent:
        return service.store_consent(
            self.does(self.officer),
            enterprise_id=self.smithy.id,
            helper_id=self.minh.id,
            team_id=self.team.id,
            scopes=[Scope.LOTS],
            until_at=self.work.now.replace(year=self.work.now.year + 1),
        )

    def does(self, person: Person) -> Work:
        return replace(self.work, by=By("person", person.id))

    def helping(self, person: Person, consent: Consent) -> Work:
        by = By("person", person.id, enterprise_id=self.smithy.id, consent_id=consent.id)
        return replace(self.work, by=by)

    def acts(self, person: Person) -> list[tuple[int, frozenset[Scope], str]]:
        found = queries.memberships(self.work.session, person.id, now=self.work.now)
        return [(one.enterprise_id, one.scopes, one.team) for one in found]


@pytest.fixture
def cast(work: Work) -> _Cast:
    return _Cast(work)


def test_every_living_member_acts_within_what_was_given_to_the_team(cast: _Cast) -> None:
    cast.give()

    given = [(cast.smithy.id, frozenset({Scope.LOTS}), "Đoàn thanh niên")]
    assert cast.acts(cast.minh) == given
    assert cast.acts(cast.dung) == given
    assert cast.acts(cast.officer) == []  # Who opens a team is not in it.


def test_who_leaves_acts_no_longer_and_the_others_do(cast: _Cast) -> None:
    consent = cast.give()
    service.leave_team(cast.does(cast.minh), team_id=cast.team.id)

    assert cast.acts(cast.minh) == []
    assert len(cast.acts(cast.dung)) == 1
    service.hold_consent(cast.helping(cast.dung, consent))
    with pytest.raises(ConsentOver):
        service.hold_consent(cast.helping(cast.minh, consent))


def test_a_team_that_ends_loses_all_it_was_given_and_asked(cast: _Cast) -> None:
    consent = cast.give()
    wish = Wish((Scope.LOTS,), 30, cast.team.id)
    service.ask_consent(cast.does(cast.minh), of=Asked("trà"), wish=wish, site="")

    service.end_team(cast.does(cast.officer), team_id=cast.team.id)
    service.end_team(cast.does(cast.officer), team_id=cast.team.id)

    assert cast.acts(cast.dung) == []
    cast.work.session.refresh(consent)
    assert (consent.ended_at, consent.ended_by_id) == (cast.work.now, cast.officer.id)
    assert [one.state for one in cast.work.session.query(ConsentAsking)] == ["withdrawn"]
    acts = sorted(one.act for one in cast.work.session.query(AuditEntry))
    assert acts == ["end_consent", "end_team"]


def test_one_acts_by_what_was_given_to_oneself_before_what_was_given_to_the_team(
    cast: _Cast,
) -> None:
    cast.give()
    own = make_consent(cast.work, enterprise=cast.smithy, helper=cast.minh, scopes=[Scope.LISTING])

    [one] = queries.memberships(cast.work.session, cast.minh.id, now=cast.work.now)
    assert (one.consent_id, one.scopes, one.team) == (own.id, frozenset({Scope.LISTING}), "")


def test_a_member_of_the_enterprise_acts_there_as_such_not_for_the_team(cast: _Cast) -> None:
    cast.give()
    make_member(cast.work, enterprise=cast.smithy, person=cast.minh, role="seller")

    [one] = queries.memberships(cast.work.session, cast.minh.id, now=cast.work.now)
    assert (one.role, one.consent_id) == (Role.SELLER, None)


def test_nobody_asks_in_the_name_of_a_team_they_are_not_in(cast: _Cast) -> None:
    wish = Wish((Scope.LOTS,), 30, cast.team.id)

    with pytest.raises(NotInTeam):
        service.ask_consent(cast.does(cast.officer), of=Asked("trà"), wish=wish, site="")


def test_an_asking_of_who_left_the_team_meanwhile_lets_nobody_in(cast: _Cast) -> None:
    wish = Wish((Scope.LOTS,), 30, cast.team.id)
    asked = Asked("Mẫu", cast.smithy.id)
    public_id = service.ask_consent(cast.does(cast.minh), of=asked, wish=wish, site="")
    pair = cast.work.session.query(ConsentAsking).one().pairs[0]
    service.leave_team(cast.does(cast.minh), team_id=cast.team.id)

    with pytest.raises(AskingClosed):
        service.answer_asking(cast.does(cast.officer), public_id=public_id, pair=pair)
    assert cast.work.session.query(Consent).all() == []


def test_what_the_team_is_given_anew_replaces_what_it_had_and_no_one_elses(cast: _Cast) -> None:
    before = cast.give()
    own = make_consent(cast.work, enterprise=cast.smithy, helper=cast.minh)
    wish = Wish((Scope.STAMPS,), 30, cast.team.id)
    asked = Asked("Mẫu", cast.smithy.id)
    public_id = service.ask_consent(cast.does(cast.dung), of=asked, wish=wish, site="")
    pair = cast.work.session.query(ConsentAsking).one().pairs[0]

    assert service.answer_asking(cast.does(cast.officer), public_id=public_id, pair=pair) == "given"

    for one in (before, own):
        cast.work.session.refresh(one)
    assert before.ended_at == cast.work.now
    assert own.ended_at is None


def test_only_whom_an_invitation_names_joins_by_it_and_once(cast: _Cast) -> None:
    opening = cast.does(cast.officer)
    mai = make_person(cast.work, sign_in="mai@goc.example", name="Mai")
    asked = service.ask_into_team(
        opening, team_id=cast.team.id, name="chị Mai", sign_in="mai@goc.example"
    )

    with pytest.raises(InvitationNotForYou):
        service.join_team(opening, public_id=asked)
    service.join_team(cast.does(mai), public_id=asked)
    service.join_team(cast.does(mai), public_id=asked)

    people = queries.people_of_team(cast.work.session, cast.team.id)
    assert [one.name for one in people] == ["Minh", "Dung", "Mai"]


def test_an_invitation_taken_back_lets_nobody_in(cast: _Cast) -> None:
    opening = cast.does(cast.officer)
    asked = service.ask_into_team(opening, team_id=cast.team.id, name="chị Mai", sign_in=None)
    service.remove_from_team(opening, public_id=asked)

    with pytest.raises(InvitationClosed):
        service.join_team(opening, public_id=asked)


def test_what_an_enterprise_sends_passes_the_officer_over_whose_team_helps_it(cast: _Cast) -> None:
    make_officer(cast.work, person=cast.dung, role="officer", province_code="4")
    ids = [cast.smithy.id]
    before = queries.served(cast.work.session, ids, now=cast.work.now)
    cast.give()
    after = queries.served(cast.work.session, ids, now=cast.work.now)

    assert (before[cast.smithy.id].province, after[cast.smithy.id].province) == (True, False)
