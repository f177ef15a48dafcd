"""Buttons pressed on a page that stood open while somebody else worked on the product."""

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import Enterprise
from catalog.models import Pack, Product
from core.work import COMMAND, reading, transaction
from tests.makers import make_pack, make_product
from tests.web.choices import chosen, offered
from tests.web.signed_in import SignedIn

SEEN = {"version": "1", "looked_at": "seller", "reason_kind": "4"}
WORDS = {"name": "Dao A", "group": "thu_cong_my_nghe", "summary": "", "version": "1"}


@pytest.fixture
def public_id(app: Flask, browser: SignedIn) -> str:
    """A draft of Hà's with all an officer needs."""
    with transaction(by=COMMAND) as work:
        enterprise = work.session.scalars(select(Enterprise)).one()
        product = make_product(work, enterprise=enterprise, state="draft")
        make_pack(work, product=product)
        return product.public_id


def state() -> tuple[str, int]:
    with reading() as session:
        product = session.scalars(select(Product)).one()
        return product.state, product.version


def test_a_product_sent_from_two_pages_is_sent_once_and_the_second_is_told(
    browser: SignedIn, public_id: str
) -> None:
    url = f"/manage/products/{public_id}"
    browser.post(f"{url}/submit", SEEN)

    answer = browser.post(f"{url}/submit", SEEN)

    assert answer.status_code == 409
    assert "<h1>Mặt hàng này vừa được gửi cho cán bộ xem.</h1>" in answer.text
    assert "Việc bạn vừa bấm chưa được làm." in answer.text
    assert f'<a class="btn" href="{url}">Xem lại mặt hàng</a>' in answer.text
    assert state() == ("submitted", 2)


def test_whoever_sends_what_another_changed_is_told_what_was_changed(
    browser: SignedIn, public_id: str
) -> None:
    url = f"/manage/products/{public_id}"
    browser.post(f"{url}/edit", WORDS)

    answer = browser.post(f"{url}/submit", SEEN)

    assert answer.status_code == 409
    assert "<h1>Tên, nhóm hàng hoặc lời giới thiệu vừa được sửa.</h1>" in answer.text
    assert state() == ("draft", 2)


def test_what_an_officer_published_is_not_taken_back_by_an_old_page(
    browser: SignedIn, officer: SignedIn, public_id: str
) -> None:
    url = f"/manage/products/{public_id}"
    browser.post(f"{url}/submit", SEEN)
    officer.post(f"/office/products/{public_id}/publish", SEEN | {"version": "2"})

    answer = browser.post(f"{url}/withdraw", SEEN | {"version": "2"})

    assert answer.status_code == 409
    assert "<h1>Cán bộ vừa cho đăng bán mặt hàng này.</h1>" in answer.text
    assert state() == ("published", 3)


@pytest.mark.parametrize("verb", ["publish", "return"])
def test_an_officer_is_told_what_a_colleague_did_meanwhile(
    browser: SignedIn, officer: SignedIn, public_id: str, verb: str
) -> None:
    browser.post(f"/manage/products/{public_id}/submit", SEEN)
    url = f"/office/products/{public_id}"
    officer.post(f"{url}/return", SEEN | {"version": "2"})

    answer = officer.post(f"{url}/{verb}", SEEN | {"version": "2"})

    assert answer.status_code == 409
    assert "<h1>Cán bộ vừa xem mặt hàng này và nhờ sửa vài chỗ.</h1>" in answer.text
    assert f'<a class="btn" href="{url}">' in answer.text
    assert state() == ("returned", 3)


def test_an_officer_is_told_that_the_maker_took_it_back(
    browser: SignedIn, officer: SignedIn, public_id: str
) -> None:
    browser.post(f"/manage/products/{public_id}/submit", SEEN)
    browser.post(f"/manage/products/{public_id}/withdraw", SEEN | {"version": "2"})
    url = f"/office/products/{public_id}"

    answers = [officer.get(url), officer.post(f"{url}/publish", SEEN | {"version": "2"})]

    for answer in answers:
        assert answer.status_code == 404
        assert "Người bán vừa lấy lại mặt hàng này để sửa." in answer.text
        assert "Dao phay" not in answer.text
    assert state() == ("draft", 3)


def test_a_form_sent_twice_by_an_officer_is_done_even_if_the_maker_took_it_back_between(
    browser: SignedIn, officer: SignedIn, public_id: str
) -> None:
    browser.post(f"/manage/products/{public_id}/submit", SEEN)
    once = SEEN | {"version": "2", "request_id": "R1"}
    officer.post(f"/office/products/{public_id}/return", once)
    browser.post(f"/manage/products/{public_id}/submit", SEEN | {"version": "3"})
    browser.post(f"/manage/products/{public_id}/withdraw", SEEN | {"version": "4"})

    again = officer.post(f"/office/products/{public_id}/return", once)

    assert (again.status_code, again.location) == (303, f"/office/products/{public_id}")
    assert state() == ("draft", 5)


PACK = {"pack_content": "1", "pack_unit": "kg", "pack_words": "túi", "price_vnd": "90.000"}


def pack_ids() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(Pack.public_id).order_by(Pack.id)))


def test_the_content_and_the_unit_of_a_pack_are_one_choice(
    browser: SignedIn, public_id: str
) -> None:
    [pack] = pack_ids()
    url = f"/manage/packs/{pack}"
    browser.post(url, PACK | {"pack_content": "500", "pack_unit": "g", "version": "1"})

    answer = browser.post(url, PACK | {"version": "1"})

    assert answer.status_code == 409
    assert offered(answer.text) == {"pack_content": ["500\xa0g", "1\xa0kg"]}
    assert browser.post(url, chosen(answer.text, "pack_content")).status_code == 303
    with reading() as session:
        stored = session.scalars(select(Pack)).one()
        assert (stored.content, stored.base_unit, stored.words) == (1000, "g", "túi")


def test_a_pack_typed_while_the_product_changed_is_kept_to_be_sent_again(
    browser: SignedIn, public_id: str
) -> None:
    browser.post(f"/manage/products/{public_id}/edit", WORDS)
    url = f"/manage/products/{public_id}/packs"

    answer = browser.post(url, PACK | {"version": "1"})

    assert answer.status_code == 409
    assert "gói chưa được thêm" in answer.text
    assert 'value="túi"' in answer.text
    assert len(pack_ids()) == 1
    assert browser.post(url, PACK | {"version": "2"}).status_code == 303
    assert len(pack_ids()) == 2


def test_a_pack_of_a_product_changed_since_is_not_removed_by_an_old_page(
    browser: SignedIn, public_id: str
) -> None:
    browser.post(f"/manage/products/{public_id}/packs", PACK | {"version": "1"})

    answer = browser.post(f"/manage/packs/{pack_ids()[1]}/remove", {"version": "1"})

    assert answer.status_code == 409
    assert "<h1>Mặt hàng này vừa được sửa nên gói chưa bỏ.</h1>" in answer.text
    assert f'<a class="btn" href="/manage/products/{public_id}">Xem lại</a>' in answer.text
    assert len(pack_ids()) == 2
