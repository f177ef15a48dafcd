import pytest
from flask import Flask
from sqlalchemy import select

from accounts import queries, service
from accounts.factor_errors import FactorKnown, LastFactor
from accounts.models import Factor, Person, UsedChallenge
from accounts.service import NewFactor, Showing, Try
from accounts.totp import secret_of, step_at
from core import clock
from core.sealing import sealer
from core.work import VISITOR, Work, reading, transaction
from tests.factors import SECRET, app_of, code_at, give_app
from tests.makers import make_person
from tests.race.crowd import rush


@pytest.fixture
def person_id(app: Flask) -> int:
    with transaction(by=VISITOR) as work:
        person = make_person(work)
        give_app(work, person)
    return person.id


def test_a_code_typed_in_many_browsers_at_once_lets_one_in(app: Flask, person_id: int) -> None:
    code, tokens = code_at(clock.now()), []
    for _ in range(8):
        with transaction(by=VISITOR) as work:
            tokens.append(service.begin_second_step(work, person_id=person_id))

    def show(work: Work, of: int) -> bool:
        return service.use_code(work, person_id=of, typed=code, sealer=sealer())

    def attempt(number: int) -> Showing:
        with transaction(by=VISITOR) as work:
            return service.try_second_step(work, token=tokens[number], show=show)

    showings, refusals = rush(app, attempt, people=8)

    assert refusals == []
    assert sorted(one.outcome.value for one in showings) == ["right", *["wrong"] * 7]


def test_of_many_wrong_codes_at_once_in_one_step_five_are_looked_at(
    app: Flask, person_id: int
) -> None:
    with transaction(by=VISITOR) as work:
        token = service.begin_second_step(work, person_id=person_id)
    looked: list[int] = []

    def show(_work: Work, of: int) -> bool:
        looked.append(of)
        return False

    def attempt(_number: int) -> Try:
        with transaction(by=VISITOR) as work:
            return service.try_second_step(work, token=token, show=show).outcome

    outcomes, _ = rush(app, attempt, people=12)

    assert len(looked) == 5
    assert outcomes.count(Try.WRONG) == 4  # The fifth wrong one ends the step.


def test_a_recovery_code_typed_by_many_at_once_opens_once(app: Flask, person_id: int) -> None:
    with transaction(by=VISITOR) as work:
        [code, *_] = service.make_recovery_codes(work, person_id=person_id, sealer=sealer())

    def use(_number: int) -> bool:
        with transaction(by=VISITOR) as work:
            return service.use_code(work, person_id=person_id, typed=code, sealer=sealer())

    used, refusals = rush(app, use, people=8)

    assert refusals == []
    assert used.count(True) == 1


def test_an_app_sent_twice_at_once_is_added_once(app: Flask, person_id: int) -> None:

    def add(_number: int) -> None:
        with transaction(by=VISITOR) as work:
            service.add_factor(work, person_id=person_id, factor=_another(work, person_id))

    added, refusals = rush(app, add, people=6)

    assert len(added) == 1
    assert [type(one) for one in refusals] == [FactorKnown] * 5


def _another(work: Work, person_id: int) -> NewFactor:
    person = work.session.get_one(Person, person_id)
    secret = secret_of(b"another twenty bytes here")
    return app_of(person, step=step_at(work.now), secret=secret)


def test_of_two_last_factors_removed_at_once_one_stays(app: Flask, person_id: int) -> None:
    with transaction(by=VISITOR) as work:
        service.add_factor(work, person_id=person_id, factor=_another(work, person_id))
    with reading() as session:
        factors = [one.public_id for one in queries.own_factors(session, person_id)]

    def remove(number: int) -> None:
        with transaction(by=VISITOR) as work:
            service.remove_factor(
                work, person_id=person_id, public_id=factors[number], must_keep_one=True
            )

    _, refusals = rush(app, remove, people=2)

    assert [type(one) for one in refusals] == [LastFactor]
    with reading() as session:
        assert len(session.scalars(select(Factor)).all()) == 1
        assert session.scalars(select(UsedChallenge)).all() == []


def test_the_last_step_only_grows(app: Flask, person_id: int) -> None:
    code = code_at(clock.now(), secret=SECRET)
    with transaction(by=VISITOR) as work:
        service.use_code(work, person_id=person_id, typed=code, sealer=sealer())
        step = work.session.scalars(select(Factor.last_step)).one()

    with transaction(by=VISITOR) as work:
        assert not service.use_code(work, person_id=person_id, typed=code, sealer=sealer())
        assert work.session.scalars(select(Factor.last_step)).one() == step
