"""Whoever alone directs a household closes it with the account: the page, the week, the shop."""

from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from accounts.models import Enterprise, Erasure
from accounts.service.erasing import ERASURE_WAITS
from app.erasing import erase_due
from app.reactions import REACTIONS
from catalog.models import Product
from core import clock
from core.slugs import slug_of
from core.work import COMMAND, reading, transaction
from core.worker.events import deliver_next
from tests.makers import (
    make_enterprise,
    make_lot,
    make_member,
    make_person,
    make_product,
    make_sign_in,
)
from tests.web.signed_in import SignedIn
from traceability import rules, service
from traceability.models import Stamp

ERASE = "/account/privacy/erase"


@dataclass(frozen=True)
class House:
    """Hà's household with one product, one lot and one active stamp; and a neighbour's product."""

    browser: SignedIn
    public_id: str
    maker: str
    product: str
    lot: str
    stamp: str
    neighbours: str

    def ask(self, **fields: str) -> int:
        return self.browser.post(ERASE, {"sure": "yes", **fields}).status_code


@pytest.fixture
def house(app: Flask) -> House:
    with transaction(by=COMMAND) as work:
        ha, maker = make_person(work), make_enterprise(work)
        make_member(work, enterprise=maker, person=ha)
        make_sign_in(work, person=ha, key="here")
        product = make_product(work, enterprise=maker)
        lot = make_lot(work, product=product)
        service.issue_stamps(work, lot_id=lot.id, count=1)
        service.activate_lot(work, lot_id=lot.id)
        serial = work.session.scalars(select(Stamp.serial)).one()
        other = make_product(
            work, enterprise=make_enterprise(work, name="Mẫu – Hàng xóm"), name="Dao rựa"
        )
        return House(
            SignedIn(app, "here"),
            maker.public_id,
            f"/producers/{slug_of(maker.name, maker.slug_key)}",
            f"/products/{slug_of('Dao phay', product.slug_key)}",
            f"/lots/{lot.public_id}",
            f"/s/{rules.serial_text(serial)}",
            f"/products/{slug_of('Dao rựa', other.slug_key)}",
        )


def states() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(Enterprise.state).order_by(Enterprise.id)))


def closes() -> list[list[str]]:
    with reading() as session:
        return list(session.scalars(select(Erasure.closes)))


def test_the_page_says_what_closes_and_asks_for_it_by_name(house: House) -> None:
    page = house.browser.get(ERASE).text

    assert "Đóng luôn Mẫu – Lò rèn Hà" in page
    assert "Tem đã dán vẫn kiểm được, ghi rõ là người bán đã thôi." in page
    assert f'name="close" value="{house.public_id}"' in page
    assert "người đứng đầu duy nhất" not in page
    assert "Close Mẫu – Lò rèn Hà too" in house.browser.get(f"{ERASE}?lang=en").text


def test_without_its_tick_nothing_is_asked_for_and_the_sentence_stands_beside_it(
    house: House,
) -> None:
    answer = house.browser.post(ERASE, {"sure": "yes"})

    assert answer.status_code == 422
    assert 'id="close" name="close"' in answer.text
    assert 'aria-describedby="close-error"' in answer.text
    assert 'name="sure" value="yes" checked' in answer.text
    assert "Mẫu – Lò rèn Hà đóng luôn cùng tài khoản: xin đánh dấu nếu đồng ý." in answer.text
    assert house.ask(close="0" * 10) == 422
    assert closes() == []


def test_without_the_other_tick_the_first_is_kept(house: House) -> None:
    answer = house.browser.post(ERASE, {"close": house.public_id})

    assert answer.status_code == 422
    assert f'name="close" value="{house.public_id}" checked' in answer.text
    assert closes() == []


def test_whoever_keeps_the_account_keeps_the_household(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert house.ask(close=house.public_id) == 303
    assert closes() == [[house.public_id]]
    house.browser.post("/account/privacy/keep")

    after_a_week(monkeypatch)

    assert states() == ["verified", "verified"]
    assert house.browser.get(house.product).status_code == 200


def test_after_the_week_its_pages_say_that_it_stopped_and_its_stamps_still_answer(
    house: House, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (house.maker, house.product, house.lot):
        assert client.get(path).status_code == 200
    house.ask(close=house.public_id)

    after_a_week(monkeypatch)

    assert states() == ["closed", "verified"]
    for path in (house.maker, house.product, house.lot):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "Người bán này đã thôi bán" in answer.text
        assert "This seller has stopped selling" in client.get(f"{path}?lang=en").text
    stamp = client.get(house.stamp)
    assert (stamp.status_code, 'data-verdict="first_check"' in stamp.text) == (200, True)
    assert "người bán này đã thôi bán" in stamp.text
    assert client.get(house.neighbours).status_code == 200
    assert "Mẫu – Lò rèn Hà" not in client.get("/producers").text
    with reading() as session:
        found = session.scalars(select(Product.state).order_by(Product.id)).all()
    assert found == ["withdrawn", "published"]


def test_what_was_never_on_sale_is_simply_not_there(house: House, client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        unknown = make_enterprise(work, name="Mẫu – Chưa bán")
        unknown.state = "closed"
        path = f"/producers/{slug_of(unknown.name, unknown.slug_key)}"

    answer = client.get(path)

    assert answer.status_code == 404
    assert "đã thôi bán" not in answer.text


def after_a_week(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the worker do what is due when the week is over."""
    later = clock.now() + ERASURE_WAITS
    monkeypatch.setattr(clock, "now", lambda: later)
    erase_due()
    while deliver_next(REACTIONS):
        pass
