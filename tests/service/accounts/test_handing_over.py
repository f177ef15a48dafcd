"""A household handed over, or a director's lost number moved, by a paper an officer saw."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import service
from accounts.errors import SignInTaken
from accounts.handing_errors import (
    ChangeWaits,
    HeirIsDirector,
    HeirIsOfficer,
    NoNumberToLose,
    NotItsDirector,
    OnlyHouseholds,
)
from accounts.models import AccountChange, Enterprise, Membership, Person
from accounts.rules import Role
from core.dispatch.models import Dispatch
from core.errors import AppError, NotFound
from core.messages import Message
from core.work import By, Work
from tests.makers import make_enterprise, make_member, make_officer, make_person
from tests.pictures import make_photo

OLD, NEW = "+84912345678", "+84987654321"


class _House:
    """Hà directs a household; Lan, an officer, saw the paper."""

    def __init__(self, work: Work) -> None:
        self.smithy = make_enterprise(work)
        self.smithy.kind = "household"
        self.ha = make_person(work, sign_in=OLD, name="Hà")
        self.lan = make_person(work, sign_in="lan@goc.example", name="Lan")
        make_member(work, enterprise=self.smithy, person=self.ha)
        make_officer(work, person=self.lan)
        self.paper_id = make_photo(work, enterprise_id=self.smithy.id, kind="paper").id
        self.work = replace(work, by=By("person", self.lan.id))
        self.seen = service.Seen(self.smithy.id, self.ha.id, NEW, "Ông yếu", self.paper_id)

    def ask(self, **seen: object) -> AccountChange:
        return service.ask_hand_over(
            self.work,
            seen=replace(self.seen, **seen),  # type: ignore[arg-type]  # Of each test's choice.
            heir_name="Mai",
        )

    def wait(self) -> None:
        self.work.now += timedelta(hours=72)
        while service.apply_next_change(self.work):
            pass

    def directors(self) -> list[str]:
        found = select(Person.name).join(Membership, Membership.person_id == Person.id)
        living = found.where(Membership.role == "director", Membership.ended_at.is_(None))
        return list(self.work.session.scalars(living.order_by(Person.id)))

    def outcome(self) -> str | None:
        return self.work.session.scalars(select(AccountChange.outcome)).one()


@pytest.fixture
def house(work: Work) -> _House:
    return _House(work)


def told(work: Work) -> list[tuple[str, str]]:
    rows = work.session.execute(select(Dispatch.target, Dispatch.words).order_by(Dispatch.id))
    return [(target, (words or "")[:34]) for target, words in rows]


def test_somebody_new_directs_after_three_days_and_not_before(house: _House) -> None:
    change = house.ask()

    house.work.now += timedelta(hours=71)
    assert not service.apply_next_change(house.work)
    assert house.directors() == ["Hà"]
    assert told(house.work) == [(OLD, "Goc: can bo da nhan giay xin giao ")]
    kinds = house.work.session.scalars(select(Message.kind)).all()
    assert kinds == ["hand_over_by_paper"]
    house.wait()
    assert house.directors() == ["Mai"]
    assert (change.outcome, change.value, change.paper_id) == ("done", None, house.paper_id)
    mai = house.work.session.scalars(select(Person).where(Person.sign_in == NEW)).one()
    assert (change.heir_id, mai.password_hash) == (mai.id, None)
    assert told(house.work)[1:] == [
        (OLD, "Goc: noi ban cua ban vua giao cho "),
        (NEW, "Goc: ban nay dung dau mot noi ban,"),
    ]


def test_whoever_has_the_number_takes_over_with_what_they_are(house: _House) -> None:
    mai = make_person(house.work, sign_in=NEW, name="Nguyễn Mai")
    make_member(house.work, enterprise=house.smithy, person=mai, role="seller")
    house.ask()

    house.wait()

    assert house.directors() == ["Nguyễn Mai"]
    held = select(Membership.role, Membership.ended_at).where(Membership.person_id == mai.id)
    assert house.work.session.execute(held).all() == [(Role.DIRECTOR, None)]


def test_the_director_stops_it_and_nothing_changes(house: _House) -> None:
    change = house.ask()

    service.stop_change(house.work, person_id=house.ha.id, public_id=change.public_id)

    house.wait()
    assert house.directors() == ["Hà"]
    assert house.outcome() == "stopped"
    assert house.work.session.scalars(select(Person.id).where(Person.sign_in == NEW)).all() == []


def test_nobody_else_stops_it(house: _House) -> None:
    change = house.ask()

    with pytest.raises(NotFound):
        service.stop_change(house.work, person_id=house.lan.id, public_id=change.public_id)

    house.wait()
    assert house.directors() == ["Mai"]


def test_one_waits_at_a_time(house: _House) -> None:
    first = house.ask()

    with pytest.raises(ChangeWaits):
        house.ask(number="+84912345679")
    with pytest.raises(ChangeWaits):
        service.ask_number_of_director(house.work, seen=house.seen)

    assert house.work.session.scalars(select(AccountChange.id)).all() == [first.id]


def test_a_lost_number_asked_for_by_oneself_is_not_replaced_by_an_officer(house: _House) -> None:
    own = service.ask_move(house.work, person_id=house.ha.id, target="+84912345679")

    with pytest.raises(ChangeWaits):
        service.ask_number_of_director(house.work, seen=house.seen)

    assert own.outcome is None


def test_who_handed_over_meanwhile_is_left_alone(house: _House) -> None:
    house.ask()
    minh = make_person(house.work, sign_in="minh@goc.example", name="Minh")
    make_member(house.work, enterprise=house.smithy, person=minh)
    service.remove_member(house.work, enterprise_id=house.smithy.id, person_id=house.ha.id)

    house.wait()

    assert house.directors() == ["Minh"]
    assert house.outcome() == "refused"


def test_a_number_that_came_to_the_officer_meanwhile_gives_nothing(house: _House) -> None:
    house.ask()
    house.lan.sign_in = NEW
    house.work.session.flush()

    house.wait()

    assert house.directors() == ["Hà"]
    assert house.outcome() == "refused"


@pytest.mark.parametrize(
    ("number", "refusal"), [("lan@goc.example", HeirIsOfficer), (OLD, HeirIsDirector)]
)
def test_an_heir_is_neither_the_officer_nor_the_director(
    house: _House, number: str, refusal: type[AppError]
) -> None:
    with pytest.raises(refusal):
        house.ask(number=number)

    assert house.work.session.scalars(select(AccountChange)).all() == []


def test_a_cooperative_hands_itself_over(house: _House) -> None:
    house.work.session.get_one(Enterprise, house.smithy.id).kind = "cooperative"
    house.work.session.flush()

    with pytest.raises(OnlyHouseholds):
        house.ask()

    assert house.work.session.scalars(select(AccountChange)).all() == []


def test_who_does_not_direct_is_not_replaced(house: _House) -> None:
    with pytest.raises(NotItsDirector):
        house.ask(director_id=house.lan.id)

    assert house.work.session.scalars(select(AccountChange)).all() == []


def test_a_director_moves_to_the_new_number_after_three_days(house: _House) -> None:
    service.ask_number_of_director(house.work, seen=house.seen)

    assert told(house.work) == [(OLD, "Goc: can bo da nhan giay xin chuye")]
    house.wait()
    assert (house.ha.sign_in, house.directors(), house.outcome()) == (NEW, ["Hà"], "done")


def test_a_number_of_somebody_else_or_none_to_lose_is_refused(house: _House) -> None:
    make_person(house.work, sign_in=NEW, name="Tú")
    with pytest.raises(SignInTaken):
        service.ask_number_of_director(house.work, seen=house.seen)
    house.ha.sign_in = None
    house.work.session.flush()
    with pytest.raises(NoNumberToLose):
        service.ask_number_of_director(house.work, seen=house.seen)

    assert house.work.session.scalars(select(AccountChange)).all() == []
