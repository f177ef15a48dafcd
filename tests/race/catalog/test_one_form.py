"""The same form sent by an impatient hand, all at once."""

from flask import Flask
from sqlalchemy import select

from catalog.models import Lot
from core import ids
from core.work import COMMAND, reading, transaction
from tests.makers import (
    make_enterprise,
    make_lot,
    make_member,
    make_pack,
    make_person,
    make_product,
    make_sign_in,
)
from tests.race.crowd import rush
from tests.web.signed_in import SignedIn

HANDS = 16


def test_a_lot_declared_by_sixteen_copies_of_one_form_is_one_lot_and_one_answer(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        person, enterprise = make_person(work), make_enterprise(work)
        make_member(work, enterprise=enterprise, person=person)
        key = make_sign_in(work, person=person, enterprise=enterprise)
        product = make_product(work, enterprise=enterprise)
        make_pack(work, product=product)
        for_enterprise, goods = enterprise.public_id, product.public_id
    form = {
        "product": goods,
        "code": "L7",
        "made_on": "1/1/2026",
        "best_before_on": "",
        "declared_units": "10",
        "request_id": ids.token(),
    }

    def send(_hand: int) -> tuple[int, str | None]:
        answer = SignedIn(app, key, for_enterprise=for_enterprise).post("/manage/lots", form)
        return answer.status_code, answer.location

    answers, _ = rush(app, send, people=HANDS)

    with reading() as session:
        lot = session.scalars(select(Lot)).one()
    assert answers == [(303, f"/manage/lots/{lot.public_id}")] * HANDS


def test_a_lot_deleted_by_sixteen_copies_of_one_form_is_gone_with_one_answer(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        person, enterprise = make_person(work), make_enterprise(work)
        make_member(work, enterprise=enterprise, person=person)
        key = make_sign_in(work, person=person, enterprise=enterprise)
        product = make_product(work, enterprise=enterprise)
        lot = make_lot(work, product=product)
        for_enterprise = enterprise.public_id
        address = f"/manage/lots/{lot.public_id}/delete"
    form = {"version": "1", "request_id": ids.token()}

    def send(_hand: int) -> tuple[int, str | None]:
        answer = SignedIn(app, key, for_enterprise=for_enterprise).post(address, form)
        return answer.status_code, answer.location

    answers, _ = rush(app, send, people=HANDS)

    assert answers == [(303, "/manage/lots")] * HANDS
    with reading() as session:
        assert session.scalars(select(Lot)).all() == []
