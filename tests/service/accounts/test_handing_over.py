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
from core.audit import AuditEntry
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

    def neighbour(self) -> service.Seen:
        """What Lan saw of another household: Sáu directs it."""
        farm = make_enterprise(self.work, name="Mẫu – Trại")
        farm.kind = "household"
        sau = make_person(self.work, sign_in="+84912345679", name="Sáu")
        make_member(self.work, enterprise=farm, person=sau)
        paper_id = make_photo(self.work, enterprise_id=farm.id, kind="paper").id
        return service.Seen(farm.id, sau.id, "+84987654322", "Chuyển đi", paper_id)

    def acts(self) -> list[tuple[str, int, dict[str, object]]]:
        """What was written down about the enterprise, whose, with its details."""
        mine = AuditEntry.enterprise_id == self.smithy.id
        rows = self.work.session.scalars(select(AuditEntry).where(mine))
        return [(one.act, one.object_id, one.details) for one in rows]

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


def test_all_who_are_concerned_read_of_it_twice(house: _House) -> None:
    change = house.ask()
    house.wait()

    rows = house.work.session.execute(
        select(Message.enterprise_id, Message.kind, Message.values).order_by(Message.id)
    )
    named = {"change": change.public_id}
    assert [tuple(row) for row in rows] == [
        (house.smithy.id, "hand_over_by_paper", named),
        (house.smithy.id, "handed_over", named),
    ]
    words = house.work.session.scalars(select(Dispatch.words).order_by(Dispatch.id)).all()
    assert words == [
        (
            "Goc: can bo da nhan giay xin giao noi ban cua ban cho so 09** *** 321, 72 gio nua."
            " Khong phai ban? Vao trang Tai khoan bam Dung lai."
        ),
        "Goc: noi ban cua ban vua giao cho so 09** *** 321, theo giay can bo da nhan.",
        (
            "Goc: ban nay dung dau mot noi ban, theo giay can bo da nhan."
            " Vao Goc bang ma gui den so nay de xem."
        ),
    ]
    assert ("ask_hand_over", house.ha.id, {"paper_id": house.paper_id}) in house.acts()


@pytest.mark.parametrize("ask", ["heir", "number"])
def test_a_long_address_of_mail_is_told_in_one_sms(house: _House, ask: str) -> None:
    host = f"{'lang-nghe-ren-' * 4}cao-bang.example"
    seen = replace(house.seen, number=f"mai@{host}")

    if ask == "heir":
        service.ask_hand_over(house.work, seen=seen, heir_name="Mai")
    else:
        service.ask_number_of_director(house.work, seen=seen)

    words = house.work.session.scalars(select(Dispatch.words)).one()
    assert f" so m***@{host[:24]}..., 72 gio nua." in (words or "")
    assert len(words or "") <= 160


def test_another_households_change_lies_in_nobodys_way(house: _House) -> None:
    first = house.ask()

    second = service.ask_hand_over(house.work, seen=house.neighbour(), heir_name="Tư")

    assert (first.outcome, second.outcome) == (None, None)
    house.wait()
    assert house.directors() == ["Mai", "Tư"]


def test_a_change_that_was_stopped_may_be_asked_for_again(house: _House) -> None:
    stopped = house.ask()
    service.stop_change(house.work, person_id=house.ha.id, public_id=stopped.public_id)

    again = house.ask()

    assert (stopped.outcome, again.outcome) == ("stopped", None)


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


@pytest.mark.parametrize("who", ["nobody", "seller", "director elsewhere", "gone"])
def test_who_does_not_direct_is_not_replaced(house: _House, who: str) -> None:
    tu = make_person(house.work, sign_in="tu@goc.example", name="Tú")
    if who == "director elsewhere":
        farm = make_enterprise(house.work, name="Mẫu – Trại")
        make_member(house.work, enterprise=farm, person=tu)
    elif who != "nobody":
        role = "seller" if who == "seller" else "director"
        member = make_member(house.work, enterprise=house.smithy, person=tu, role=role)
        member.ended_at = house.work.now if who == "gone" else None
        house.work.session.flush()

    with pytest.raises(NotItsDirector):
        house.ask(director_id=tu.id)
    with pytest.raises(NotItsDirector):
        service.ask_number_of_director(house.work, seen=replace(house.seen, director_id=tu.id))

    assert house.work.session.scalars(select(AccountChange)).all() == []


def test_a_director_moves_to_the_new_number_after_three_days(house: _House) -> None:
    service.ask_number_of_director(house.work, seen=house.seen)

    assert told(house.work) == [(OLD, "Goc: can bo da nhan giay xin chuye")]
    assert house.acts() == [("ask_director_number", house.ha.id, {"paper_id": house.paper_id})]
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
