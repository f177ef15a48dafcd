"""Between the first thing shown and the second: who goes on how, five tries, fifteen minutes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.factor_errors import CodeNotEnough
from accounts.hashing import hash_of_secret
from accounts.models import Person, SecondStep, SignIn
from accounts.second_rules import First
from accounts.service import Showing, Try, Way, second_steps
from accounts.service.trusted_devices import trust_device
from core.work import By, Work
from tests.makers import make_factor, make_officer, make_person, make_sign_in


class Shown:
    """What a person shows: always right, or always wrong; remembers who was asked."""

    def __init__(self, *, is_right: bool) -> None:
        self.is_right = is_right
        self.asked_of: list[int] = []

    def __call__(self, _work: Work, person_id: int) -> bool:
        self.asked_of.append(person_id)
        return self.is_right


@pytest.fixture
def ha(work: Work) -> Person:
    """Hà, beside Tú who has everything she has not: a password, an office and a factor."""
    tu = make_person(work, sign_in="tu@goc.example", name="Tú")
    tu.password_hash = "hash"
    make_officer(work, person=tu)
    make_factor(work, person=tu)
    return make_person(work)


def tu_of(work: Work) -> Person:
    return work.session.scalars(select(Person).where(Person.name == "Tú")).one()


def way_on(
    work: Work, person: Person, first: First, *, device: str = "", offices_need: bool = True
) -> Way:
    return second_steps.way_on(
        work, person_id=person.id, first=first, device=device, offices_need_factor=offices_need
    )


def try_it(work: Work, token: str, shown: Shown) -> tuple[Try, int, int]:
    became: Showing = second_steps.try_second_step(work, token=token, show=shown)
    return became.outcome, became.left, became.person_id


@pytest.mark.parametrize(
    ("first", "has_password", "way"),
    [
        (First.CODE, False, Way.IN),
        (First.CODE, True, Way.BY_CODE),
        (First.PASSWORD, True, Way.IN),
        (First.IDENTITY, True, Way.IN),
        (First.IDENTITY, False, Way.IN),
    ],
)
def test_who_has_no_factor_is_in_and_a_code_is_less_than_ones_password(
    work: Work, ha: Person, *, first: First, has_password: bool, way: Way
) -> None:
    ha.password_hash = "hash" if has_password else None
    work.session.flush()

    assert way_on(work, ha, first) is way


@pytest.mark.parametrize("first", list(First))
def test_who_has_a_factor_shows_it_but_on_a_device_of_their_own(
    work: Work, ha: Person, first: First
) -> None:
    make_factor(work, person=ha)
    make_officer(work, person=ha)
    own = trust_device(work, person_id=ha.id)
    anothers = trust_device(work, person_id=tu_of(work).id)

    assert way_on(work, ha, first) is Way.SECOND
    assert way_on(work, ha, first, device=anothers) is Way.SECOND
    assert way_on(work, ha, first, device=own) is Way.BY_DEVICE


def test_a_code_alone_opens_no_office_where_offices_need_a_factor(work: Work, ha: Person) -> None:
    assert way_on(work, ha, First.CODE) is Way.IN
    make_officer(work, person=ha)

    with pytest.raises(CodeNotEnough):
        way_on(work, ha, First.CODE)

    assert way_on(work, ha, First.CODE, offices_need=False) is Way.IN
    assert way_on(work, ha, First.PASSWORD) is Way.IN
    assert way_on(work, ha, First.IDENTITY) is Way.IN


def test_a_code_is_refused_alone_until_a_factor_stands_behind_it(work: Work, ha: Person) -> None:
    with pytest.raises(CodeNotEnough):
        second_steps.refuse_code_alone(work, person_id=ha.id)

    make_factor(work, person=ha)
    second_steps.refuse_code_alone(work, person_id=ha.id)

    assert second_steps.has_factor(work, person_id=ha.id)


@pytest.mark.parametrize(("days", "is_held"), [(None, True), (-1, False), (0, True), (1, True)])
def test_an_office_is_held_up_to_its_last_day(
    work: Work, ha: Person, *, days: int | None, is_held: bool
) -> None:
    office = make_officer(work, person=ha)
    if days is not None:
        office.starts_on = work.today - timedelta(days=3)
        office.until_on = work.today + timedelta(days=days)
        work.session.flush()

    assert second_steps.holds_office(work, person_id=ha.id) is is_held


def test_an_office_that_was_taken_is_held_no_more(work: Work, ha: Person) -> None:
    office = make_officer(work, person=ha)
    office.ended_at = work.now
    work.session.flush()

    assert not second_steps.holds_office(work, person_id=ha.id)
    assert second_steps.holds_office(work, person_id=tu_of(work).id)


def test_the_step_is_its_browsers_for_fifteen_minutes(work: Work, ha: Person) -> None:
    token = second_steps.begin_second_step(work, person_id=ha.id)

    step = work.session.scalars(select(SecondStep)).one()
    assert (step.token_hash, step.person_id) == (hash_of_secret(token), ha.id)
    assert (step.wrong_tries, step.used_at) == (0, None)
    assert step.expires_at == work.now + timedelta(minutes=15)
    right = Shown(is_right=True)
    late = replace(work, now=step.expires_at)
    assert try_it(late, token, right) == (Try.DEAD, 0, 0)
    assert try_it(work, "another browser's", right) == (Try.DEAD, 0, 0)
    assert right.asked_of == []
    just = replace(work, now=step.expires_at - timedelta(microseconds=1))
    assert try_it(just, token, right) == (Try.RIGHT, 0, ha.id)


def test_five_are_looked_at_and_the_fifth_wrong_one_ends_it(work: Work, ha: Person) -> None:
    token = second_steps.begin_second_step(work, person_id=ha.id)
    wrong, right = Shown(is_right=False), Shown(is_right=True)

    tried = [try_it(work, token, wrong) for _ in range(5)]

    assert tried == [
        (Try.WRONG, 4, ha.id),
        (Try.WRONG, 3, ha.id),
        (Try.WRONG, 2, ha.id),
        (Try.WRONG, 1, ha.id),
        (Try.DEAD, 0, ha.id),
    ]
    assert wrong.asked_of == [ha.id] * 5
    assert try_it(work, token, right) == (Try.DEAD, 0, 0)
    assert right.asked_of == []


def test_the_right_thing_is_taken_once_and_the_neighbours_step_waits_on(
    work: Work, ha: Person
) -> None:
    tu = tu_of(work)
    tokens = [second_steps.begin_second_step(work, person_id=one.id) for one in (tu, ha)]
    right = Shown(is_right=True)

    assert try_it(work, tokens[1], right) == (Try.RIGHT, 0, ha.id)
    assert try_it(work, tokens[1], right) == (Try.DEAD, 0, 0)

    assert right.asked_of == [ha.id]
    found = select(SecondStep).execution_options(populate_existing=True)
    steps = {step.person_id: step for step in work.session.scalars(found)}
    assert (steps[ha.id].used_at, steps[ha.id].wrong_tries) == (work.now, 1)
    assert (steps[tu.id].used_at, steps[tu.id].wrong_tries) == (None, 0)
    assert try_it(work, tokens[0], right) == (Try.RIGHT, 0, tu.id)


def test_showing_it_again_counts_for_ones_own_sign_in_on_this_device(
    work: Work, ha: Person
) -> None:
    for person, key in ((tu_of(work), "tu"), (ha, "here"), (ha, "elsewhere")):
        make_sign_in(work, person=person, key=key)
    later = replace(work, now=work.now + timedelta(hours=1), by=By("person", ha.id))

    second_steps.confirm_sign_in(later, key_hash=hash_of_secret("here"))
    second_steps.confirm_sign_in(later, key_hash=hash_of_secret("tu"))

    found = select(SignIn).execution_options(populate_existing=True)
    assert {one.key_hash: one.confirmed_at for one in work.session.scalars(found)} == {
        hash_of_secret("here"): later.now,
        hash_of_secret("elsewhere"): work.now,
        hash_of_secret("tu"): work.now,
    }
