from flask import Flask
from sqlalchemy import func, select

from accounts.models import ApiToken
from accounts.service import NewToken, make_token
from accounts.service.tokens import MOST_TOKENS
from accounts.token_scopes import TokenScope
from catalog.models import Offer, Product
from core.work import COMMAND, By, reading, transaction
from tests.makers import make_pack, make_product
from tests.race.crowd import rush
from tests.web.api.program import Program, by_hand, director_with, forge
from tests.web.api.test_products import TEA

PEOPLE = 8


def test_one_key_sent_at_once_by_many_hands_makes_one_product(app: Flask) -> None:
    program = director_with(app)

    def send(_hand: int) -> tuple[int, str]:
        answer = Program(app.test_client(), program.token).post(
            "/products", TEA, idempotency_key="K-1"
        )
        return answer.status_code, repr(answer.json)

    answers, refusals = rush(app, send, people=PEOPLE)

    assert refusals == []
    assert len(set(answers)) == 1
    assert answers[0][0] == 201
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Product)) == 1


def test_of_many_changes_of_one_version_one_is_written(app: Flask) -> None:
    program = director_with(app)
    with transaction(by=COMMAND) as work:
        pack = make_pack(work, product=make_product(work, enterprise=forge(work))).public_id

    def send(hand: int) -> int:
        asking = Program(app.test_client(), program.token)
        body = {"price_vnd": 1_000 + hand}
        return asking.patch(f"/packs/{pack}", body, if_match='"1"').status_code

    answers, _ = rush(app, send, people=PEOPLE)

    assert sorted(answers) == [200] + [412] * (PEOPLE - 1)
    with reading() as session:
        [price] = session.scalars(select(Offer.price_vnd)).all()
        assert 1_000 <= price < 1_000 + PEOPLE
        assert session.scalars(select(Product.version)).all() == [2]


def test_many_tokens_at_once_are_no_more_than_allowed(app: Flask) -> None:
    director_with(app)
    with transaction(by=COMMAND) as work:
        by = by_hand(work)
        enterprise_id = forge(work).id
    new = NewToken("máy", (TokenScope.READ_LOTS,), 30)

    def make(_hand: int) -> str:
        with transaction(by=By("person", by.person_id)) as work:
            return make_token(work, enterprise_id=enterprise_id, new=new)

    answers, refusals = rush(app, make, people=MOST_TOKENS + 4)

    assert len(answers) == MOST_TOKENS - 1  # One was there.
    assert {type(one).__name__ for one in refusals} == {"TooManyTokens"}
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(ApiToken)) == MOST_TOKENS
