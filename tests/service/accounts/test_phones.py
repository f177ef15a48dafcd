from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import queries, service
from accounts.errors import AlreadyBehind, PinRests, TooManyBehind
from accounts.models import Person, PhoneUser, SignIn
from core.errors import NotFound
from core.work import Work
from tests.makers import make_person, make_sign_in

PHONE = "+84912345678"


def household(work: Work) -> tuple[int, int]:
    """Hà, who holds the number, and Tú, who shares it."""
    holder = make_person(work, sign_in=PHONE)
    service.share_phone(work, phone=PHONE, person_id=holder.id, pin_hash="ha")
    return holder.id, service.add_behind(work, phone=PHONE, name="Tú", pin_hash="tu")


def test_behind_a_number_stand_its_holder_and_those_who_share_it(work: Work) -> None:
    household(work)
    make_person(work, sign_in="+84987654321", name="Mai")

    people = queries.people_behind(work.session, PHONE)

    assert [(one.name, one.is_holder, one.has_pin) for one in people] == [
        ("Hà", True, True),
        ("Tú", False, True),
    ]
    assert queries.people_behind(work.session, "+84999999999") == []


def test_whoever_shares_a_phone_has_no_number_of_their_own(work: Work) -> None:
    holder, other = household(work)

    assert work.session.get_one(Person, other).sign_in is None
    assert queries.phones_of(work.session, other) == [PHONE]
    assert queries.phones_of(work.session, holder) == [PHONE]


def test_two_of_one_name_could_not_be_told_apart(work: Work) -> None:
    household(work)

    with pytest.raises(AlreadyBehind) as refusal:
        service.add_behind(work, phone=PHONE, name="Tú", pin_hash="x")

    assert refusal.value.values == {"name": "Tú"}
    assert len(queries.people_behind(work.session, PHONE)) == 2


def test_a_phone_is_shared_by_a_household_not_by_a_village(work: Work) -> None:
    household(work)
    for number in range(10):
        service.add_behind(work, phone=PHONE, name=f"Cháu {number}", pin_hash="x")

    with pytest.raises(TooManyBehind):
        service.add_behind(work, phone=PHONE, name="Khách", pin_hash="x")

    assert len(queries.people_behind(work.session, PHONE)) == 12


def test_five_wrong_pins_rest_this_persons_pin_and_no_other(work: Work) -> None:
    holder, other = household(work)
    for _ in range(4):
        assert service.take_pin_try(work, phone=PHONE, person_id=other).pin_hash == "tu"
    service.take_pin_try(work, phone=PHONE, person_id=other)

    with pytest.raises(PinRests) as refusal:
        service.take_pin_try(work, phone=PHONE, person_id=other)

    assert refusal.value.values == {"minutes": 15}
    assert service.take_pin_try(work, phone=PHONE, person_id=holder).pin_hash == "ha"


def test_a_pin_rests_longer_each_time_and_never_for_ever(work: Work) -> None:
    _, other = household(work)
    rests = []
    for _ in range(7):
        for _ in range(5):
            service.take_pin_try(work, phone=PHONE, person_id=other)
        with pytest.raises(PinRests) as refusal:
            service.take_pin_try(work, phone=PHONE, person_id=other)
        rests.append(refusal.value.values["minutes"])
        work.now += timedelta(minutes=int(str(rests[-1])))

    assert rests == [15, 30, 60, 120, 240, 240, 240]


def test_a_right_pin_forgets_the_wrong_ones(work: Work) -> None:
    _, other = household(work)
    for _ in range(5):
        service.take_pin_try(work, phone=PHONE, person_id=other)

    service.pin_was_right(work, phone=PHONE, person_id=other)

    row = work.session.scalars(select(PhoneUser).where(PhoneUser.person_id == other)).one()
    work.session.refresh(row)
    assert (row.wrong_tries, row.locked_until) == (0, None)


def test_a_new_pin_ends_the_rest(work: Work) -> None:
    _, other = household(work)
    for _ in range(5):
        service.take_pin_try(work, phone=PHONE, person_id=other)

    service.share_phone(work, phone=PHONE, person_id=other, pin_hash="new")

    assert service.take_pin_try(work, phone=PHONE, person_id=other).pin_hash == "new"


def test_nobody_of_this_id_is_nobody(work: Work) -> None:
    household(work)

    with pytest.raises(NotFound):
        service.take_pin_try(work, phone=PHONE, person_id=0)


def test_whoever_is_taken_off_is_signed_out_and_stays_on_paper(work: Work) -> None:
    holder, other = household(work)
    make_sign_in(work, person=work.session.get_one(Person, other), key="other")
    make_sign_in(work, person=work.session.get_one(Person, holder), key="holder")

    service.leave_phone(work, phone=PHONE, person_id=other)

    assert [one.name for one in queries.people_behind(work.session, PHONE)] == ["Hà"]
    assert work.session.get_one(Person, other).name == "Tú"
    living = select(SignIn.person_id).where(SignIn.ended_at.is_(None))
    assert work.session.scalars(living).all() == [holder]
