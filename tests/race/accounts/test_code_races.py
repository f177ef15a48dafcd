import re

from flask import Flask
from sqlalchemy import func, select

from accounts.codes import Purpose
from accounts.errors import AlreadyBehind, PinRests, ProofUsed, SignInTaken, TooManyCodes
from accounts.models import Person, Proof
from accounts.service import (
    Try,
    add_behind,
    ask_code,
    open_account,
    proved_otherwise,
    share_phone,
    take_pin_try,
    try_code,
    use_proof,
)
from core.dispatch.models import Dispatch
from core.work import VISITOR, reading, transaction
from tests.makers import make_person
from tests.race.crowd import rush

PHONE = "+84912345678"
ENTER = Purpose.ENTER


def asked() -> tuple[str, str]:
    with transaction(by=VISITOR) as work:
        token = ask_code(work, purpose=ENTER, target=PHONE)
        words = work.session.scalars(select(Dispatch.words)).one()
    found = re.search(r"\d{6}", words or "")
    assert found is not None
    return token, found[0]


def attempt(token: str, code: str) -> Try:
    with transaction(by=VISITOR) as work:
        return try_code(work, token=token, purpose=ENTER, code=code).outcome


def test_of_many_who_type_one_code_at_once_one_has_proved_the_number(app: Flask) -> None:
    token, code = asked()

    outcomes, refusals = rush(app, lambda _: attempt(token, code), people=8)

    assert refusals == []
    assert outcomes.count(Try.RIGHT) == 1
    assert outcomes.count(Try.WRONG) == 0


def test_a_proof_used_by_many_at_once_takes_effect_once(app: Flask) -> None:
    token, code = asked()
    attempt(token, code)

    def use(_number: int) -> str:
        with transaction(by=VISITOR) as work:
            return use_proof(work, token=token, purpose=ENTER)

    targets, refusals = rush(app, use, people=8)

    assert targets == [PHONE]
    assert [type(one) for one in refusals] == [ProofUsed] * 7


def test_of_many_wrong_tries_at_once_five_are_looked_at(app: Flask) -> None:
    token, code = asked()
    wrong = f"{(int(code) + 1) % 10**6:06}"

    outcomes, _ = rush(app, lambda _: attempt(token, wrong), people=12)

    assert outcomes.count(Try.WRONG) == 5
    assert outcomes.count(Try.DEAD) == 7
    assert attempt(token, code) is Try.DEAD


def test_a_number_asked_for_by_many_at_once_gets_five_codes(app: Flask) -> None:
    def ask(_number: int) -> str:
        with transaction(by=VISITOR) as work:
            return ask_code(work, purpose=ENTER, target=PHONE)

    tokens, refusals = rush(app, ask, people=12)

    assert len(tokens) == 5
    assert [type(one) for one in refusals] == [TooManyCodes] * 7
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Proof)) == 5


def test_of_two_who_open_an_account_for_one_number_at_once_one_does(app: Flask) -> None:
    tokens = []
    for _ in range(6):
        with transaction(by=VISITOR) as work:
            tokens.append(proved_otherwise(work, purpose=ENTER, target=PHONE))

    def sign_up(number: int) -> int:
        with transaction(by=VISITOR) as work:
            return open_account(
                work, token=tokens[number], name=f"Người {number}", password_hash=None
            )

    ids, refusals = rush(app, sign_up, people=6)

    assert len(ids) == 1
    assert [type(one) for one in refusals] == [SignInTaken] * 5
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1
        used = select(func.count()).select_from(Proof).where(Proof.used_at.is_not(None))
        assert session.scalar(used) == 1


def test_of_many_wrong_pins_at_once_five_are_compared(app: Flask) -> None:
    with transaction(by=VISITOR) as work:
        person_id = make_person(work, sign_in=PHONE).id
        share_phone(work, phone=PHONE, person_id=person_id, pin_hash="hash")

    def attempt_pin(_number: int) -> int:
        with transaction(by=VISITOR) as work:
            return take_pin_try(work, phone=PHONE, person_id=person_id).wrong_tries

    tries, refusals = rush(app, attempt_pin, people=12)

    assert sorted(tries) == [1, 2, 3, 4, 5]
    assert [type(one) for one in refusals] == [PinRests] * 7


def test_people_added_at_once_stay_a_household_of_different_names(app: Flask) -> None:
    with transaction(by=VISITOR) as work:
        person_id = make_person(work, sign_in=PHONE).id
        share_phone(work, phone=PHONE, person_id=person_id, pin_hash="hash")

    def add(_number: int) -> int:
        with transaction(by=VISITOR) as work:
            return add_behind(work, phone=PHONE, name="Tú", pin_hash="hash")

    ids, refusals = rush(app, add, people=6)

    assert len(ids) == 1
    assert [type(one) for one in refusals] == [AlreadyBehind] * 5
