import re

from flask import Flask
from sqlalchemy import func, select

from accounts.codes import Purpose
from accounts.errors import ProofUsed, TooManyCodes
from accounts.models import Proof
from accounts.service import Try, ask_code, try_code, use_proof
from core.dispatch.models import Dispatch
from core.work import VISITOR, reading, transaction
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
