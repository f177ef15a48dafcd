"""What one helper asks or may do touches no other asking, consent or number."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import service
from accounts.consent_rules import LONGEST_DAYS
from accounts.errors import ConsentOver
from accounts.models import ConsentAsking, Enterprise, Person
from accounts.queries import Asked
from accounts.rules import Scope
from accounts.service import Wish
from core.dispatch.models import Dispatch
from core.work import By, Work
from tests.makers import (
    make_consent,
    make_enterprise,
    make_member,
    make_person,
    make_team,
    make_team_member,
)

PHONE = "+84912345678"
SITE = "https://goc.example"


class Cast:
    """Mai leads a farm, and since later Hà a smithy; Minh and Tú would help."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.farm: Enterprise = make_enterprise(work, name="Mẫu – Trại")
        self.smithy: Enterprise = make_enterprise(work)
        self.mai: Person = make_person(work, sign_in="+84901234567", name="Mai")
        self.ha: Person = make_person(work, sign_in=PHONE)
        self.minh: Person = make_person(work, sign_in="minh@goc.example", name="Minh")
        self.tu: Person = make_person(work, sign_in="tu@goc.example", name="Tú")
        make_member(work, enterprise=self.farm, person=self.mai)
        make_member(work, enterprise=self.smithy, person=self.ha)

    def does(self, person: Person) -> Work:
        """The same work in somebody's hands."""
        return replace(self.work, by=By("person", person.id))

    def ask(self, helper: Person, words: str, *, days: int = 30) -> ConsentAsking:
        """The smithy is asked, named by these words."""
        public_id = service.ask_consent(
            self.does(helper),
            of=Asked(words, self.smithy.id, self.ha.id),
            wish=Wish((Scope.LOTS,), days),
            site=SITE,
        )
        found = select(ConsentAsking).where(ConsentAsking.public_id == public_id)
        return self.work.session.scalars(found).one()


@pytest.fixture
def cast(work: Work) -> Cast:
    return Cast(work)


@pytest.mark.parametrize("days", [1, LONGEST_DAYS])
def test_a_consent_is_asked_for_a_day_and_for_the_longest_time(cast: Cast, days: int) -> None:
    asking = cast.ask(cast.minh, "0912 345 678", days=days)

    assert asking.until_at - asking.asked_at == timedelta(days=days)


def test_asking_again_takes_back_no_other_helpers_asking_and_none_that_was_answered(
    cast: Cast,
) -> None:
    answered = cast.ask(cast.minh, "0912 345 678")
    service.answer_asking(cast.does(cast.ha), public_id=answered.public_id, pair=None)
    anothers = cast.ask(cast.tu, "0912 345 678")

    again = cast.ask(cast.minh, "0912 345 678")

    for one in (answered, anothers):
        cast.work.session.refresh(one)
    assert (answered.state, answered.decided_by_id) == ("not_me", cast.ha.id)
    assert (anothers.state, anothers.decided_at) == ("asked", None)
    assert again.state == "asked"


def test_one_asking_is_taken_back_and_ones_others_wait_on(cast: Cast) -> None:
    first, second = cast.ask(cast.minh, "0912 345 678"), cast.ask(cast.minh, "Lò rèn Hà")

    service.take_back_asking(cast.does(cast.minh), public_id=first.public_id)

    for one in (first, second):
        cast.work.session.refresh(one)
    assert (first.state, second.state) == ("withdrawn", "asked")


def test_the_link_goes_to_the_number_of_whom_it_is_for(cast: Cast) -> None:
    cast.ask(cast.minh, "0912 345 678")

    assert cast.work.session.scalars(select(Dispatch.target)).all() == [PHONE]


def test_no_other_consent_stands_in_for_the_one_that_ended(cast: Cast) -> None:
    make_consent(cast.work, enterprise=cast.farm, helper=cast.minh)
    consent = make_consent(cast.work, enterprise=cast.smithy, helper=cast.minh)
    by = By("person", cast.minh.id, enterprise_id=cast.smithy.id, consent_id=consent.id)
    service.end_consent(cast.does(cast.ha), public_id=consent.public_id)

    with pytest.raises(ConsentOver) as refusal:
        service.hold_consent(replace(cast.work, by=by))

    assert refusal.value.values == {"enterprise": "Mẫu – Lò rèn Hà"}


def test_whoever_left_the_team_writes_by_their_own_consent_and_not_by_the_teams(
    cast: Cast,
) -> None:
    own = make_consent(cast.work, enterprise=cast.farm, helper=cast.minh)
    team = make_team(cast.work, opener=cast.tu)
    membership = make_team_member(cast.work, team=team, person=cast.minh)
    teams = make_consent(cast.work, enterprise=cast.smithy, helper=cast.minh, team=team)
    minh = By("person", cast.minh.id)
    by_own = replace(minh, enterprise_id=cast.farm.id, consent_id=own.id)
    by_teams = replace(minh, enterprise_id=cast.smithy.id, consent_id=teams.id)
    service.hold_consent(replace(cast.work, by=by_teams))

    service.leave_team(cast.does(cast.minh), team_id=team.id)

    cast.work.session.refresh(membership)
    assert membership.ended_at == cast.work.now
    service.hold_consent(replace(cast.work, by=by_own))
    with pytest.raises(ConsentOver):
        service.hold_consent(replace(cast.work, by=by_teams))


def test_a_new_consent_leaves_one_that_ended_before_as_it_ended(cast: Cast) -> None:
    former = make_consent(cast.work, enterprise=cast.smithy, helper=cast.minh)
    service.end_consent(cast.does(cast.minh), public_id=former.public_id)
    ended_at = cast.work.now
    cast.work.now += timedelta(hours=1)
    asking = cast.ask(cast.minh, "0912 345 678")

    service.answer_asking(cast.does(cast.ha), public_id=asking.public_id, pair=asking.pairs[0])

    cast.work.session.refresh(former)
    assert (former.ended_at, former.ended_by_id) == (ended_at, cast.minh.id)
