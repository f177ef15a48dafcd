"""A change of goods on sale: asked for on /manage, decided on /office, seen by nobody before."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from accounts.models import Enterprise, Person
from catalog.models import Certificate, Product, ProductChange, ProductText
from core.slugs import slug_of
from core.work import COMMAND, reading, transaction
from tests.makers import (
    make_change,
    make_enterprise,
    make_member,
    make_officer,
    make_pack,
    make_person,
    make_product,
    make_recognition,
    make_sign_in,
)
from tests.statements import counted_statements
from tests.web.choices import offered
from tests.web.signed_in import SignedIn


@pytest.fixture
def on_sale(browser: SignedIn) -> str:
    """Hà's knife on sale; its public id."""
    with transaction(by=COMMAND) as work:
        enterprise = work.session.scalars(select(Enterprise)).one()
        product = make_product(work, enterprise=enterprise)
        make_pack(work, product=product)
        return product.public_id


@pytest.fixture
def change(on_sale: str) -> str:
    """A change of its name that waits; its public id."""
    with transaction(by=COMMAND) as work:
        product = work.session.scalars(select(Product)).one()
        return make_change(work, product=product, name="Dao chặt xương").public_id


def words(**more: str) -> dict[str, str]:
    said = {"name": "Dao bầu", "group": "thu_cong_my_nghe", "summary": "", "version": "1"}
    return said | more


def stored() -> ProductChange:
    with reading() as session:
        return session.scalars(select(ProductChange)).one()


def shop_page(client: FlaskClient) -> str:
    with reading() as session:
        product = session.scalars(select(Product)).one()
        name = session.scalars(select(ProductText.name)).one()
    return client.get(f"/products/{slug_of(name, product.slug_key)}").text


def test_a_story_of_goods_on_sale_waits_for_the_officer_too(
    browser: SignedIn, on_sale: str, client: FlaskClient
) -> None:
    browser.post(f"/manage/products/{on_sale}/change", words(story="Ba đời thợ rèn."))

    assert stored().proposed["story"] == "Ba đời thợ rèn."
    assert "Ba đời thợ rèn." not in shop_page(client)


def test_a_maker_asks_and_buyers_see_what_was_published(
    browser: SignedIn, on_sale: str, client: FlaskClient
) -> None:
    assert f"/manage/products/{on_sale}/change" in browser.get(f"/manage/products/{on_sale}").text

    answer = browser.post(f"/manage/products/{on_sale}/change", words())

    assert answer.location == f"/manage/products/{on_sale}"
    text = browser.get(answer.location).text
    assert "<del>phay</del>" in text
    assert "<ins>bầu</ins>" in text
    assert "Hàng vẫn bán như cũ." in text
    assert "Dao phay" in shop_page(client)
    assert "Dao bầu" not in shop_page(client)


def test_the_maker_words_it_anew_or_takes_it_back(
    browser: SignedIn, on_sale: str, change: str
) -> None:
    url = f"/manage/products/{on_sale}/change"
    assert 'value="Dao chặt xương"' in browser.get(url).text

    stale = browser.post(url, words())
    assert stale.status_code == 409
    assert offered(stale.text) == {"name": ["Dao chặt xương", "Dao bầu"]}
    assert stored().proposed["name"] == "Dao chặt xương"

    assert browser.post(url, words(change=change)).status_code == 303
    assert (stored().proposed["name"], stored().version) == ("Dao bầu", 2)
    old = browser.post(f"{url}/withdraw", {"change": change, "version": "1"})
    assert (old.status_code, stored().state) == (409, "waiting")
    assert browser.post(f"{url}/withdraw", {"change": change, "version": "2"}).status_code == 303
    assert stored().state == "withdrawn"


def test_a_change_of_nothing_is_refused_beside_the_name(browser: SignedIn, on_sale: str) -> None:
    answer = browser.post(f"/manage/products/{on_sale}/change", words(name="Dao phay"))

    assert answer.status_code == 422
    assert "chưa có gì để gửi xem" in answer.text
    with reading() as session:
        assert session.scalars(select(ProductChange)).all() == []


def test_goods_that_are_not_on_sale_have_their_own_form(browser: SignedIn, on_sale: str) -> None:
    with transaction(by=COMMAND) as work:
        work.session.scalars(select(Product)).one().state = "withdrawn"

    for answer in (
        browser.get(f"/manage/products/{on_sale}/change"),
        browser.post(f"/manage/products/{on_sale}/change", words()),
    ):
        assert answer.location == f"/manage/products/{on_sale}"


def test_an_officer_finds_it_in_the_queue_and_publishes_it(
    officer: SignedIn, browser: SignedIn, change: str, client: FlaskClient
) -> None:
    url = f"/office/changes/{change}"
    assert url in officer.get("/office/products").text
    assert url in officer.get("/office").text
    text = officer.get(url).text
    assert "<del>phay</del>" in text
    assert "<ins>chặt xương</ins>" in text

    empty = officer.post(f"{url}/publish", {"version": "1"})
    assert empty.status_code == 422
    answer = officer.post(f"{url}/publish", {"version": "1", "looked_at": ["name"]})

    assert answer.location == url
    assert "Đã đối chiếu. Trang bán đã đổi theo." in officer.get(url).text
    assert "Dao chặt xương" in shop_page(client)
    assert "Cán bộ đã xem đề nghị sửa Dao chặt xương" in browser.get("/manage").text
    assert "đã cho đổi Dao chặt xương theo đề nghị" in browser.get("/manage/acts").text


def test_a_returned_change_is_the_makers_next_thing_to_do(
    officer: SignedIn, browser: SignedIn, on_sale: str, change: str, client: FlaskClient
) -> None:
    url = f"/office/changes/{change}"
    assert officer.post(f"{url}/return", {"version": "1"}).status_code == 422

    answer = officer.post(f"{url}/return", {"version": "1", "reason": "Xin ghi rõ là dao gì."})

    assert answer.location == url
    assert "Xin ghi rõ là dao gì." in officer.get(url).text
    assert "Cán bộ trả lại đề nghị sửa Dao phay" in browser.get("/manage").text
    assert "Xin ghi rõ là dao gì." in browser.get(f"/manage/products/{on_sale}/change").text
    assert "Dao phay" in shop_page(client)


def test_the_second_officer_is_told_what_became_of_it(
    officer: SignedIn, browser: SignedIn, change: str
) -> None:
    url = f"/office/changes/{change}"
    officer.post(f"{url}/return", {"version": "1", "reason": "Tên chưa rõ."})

    late = officer.post(f"{url}/publish", {"version": "1", "looked_at": ["name"]})

    assert late.status_code == 409
    assert "Đề nghị sửa này vừa được xử lý" in late.text
    assert stored().state == "returned"


def test_nobody_decides_a_change_of_their_own_and_other_provinces_see_none(
    officer: SignedIn, app: Flask, change: str
) -> None:
    with transaction(by=COMMAND) as work:
        lan = work.session.scalars(select(Person).where(Person.name == "Lan")).one()
        enterprise = work.session.scalars(select(Enterprise)).one()
        make_member(work, enterprise=enterprise, person=lan, role="seller")
        away = make_person(work, sign_in="xa@goc.example", name="Xa")
        make_officer(work, person=away, province_code="1")
        far = SignedIn(app, make_sign_in(work, person=away, key="xa"))

    answer = officer.post(
        f"/office/changes/{change}/publish", {"version": "1", "looked_at": ["name"]}
    )

    assert answer.status_code == 403
    assert "phải để cán bộ khác xem" in officer.get(f"/office/changes/{change}").text
    assert far.get(f"/office/changes/{change}").status_code == 404
    assert stored().state == "waiting"


def test_a_certificate_of_goods_on_sale_waits_with_its_change(
    browser: SignedIn, on_sale: str, officer: SignedIn, client: FlaskClient
) -> None:
    paper = {"name": "VietGAP", "issuer": "Vinacert", "number": "VG-9", "valid_from": "1/6/2026"}

    answer = browser.post(f"/manage/products/{on_sale}/certificates", paper)

    assert answer.location.partition("?")[0] == f"/manage/products/{on_sale}/change"
    assert "VG-9" in browser.get(answer.location).text
    assert "VG-9" not in shop_page(client)
    url = f"/office/changes/{stored().public_id}"
    assert "VG-9" in officer.get(url).text
    officer.post(f"{url}/publish", {"version": "1", "looked_at": ["papers"]})
    assert "VG-9" in shop_page(client)


def test_a_certificate_is_left_out_of_a_change(browser: SignedIn, on_sale: str) -> None:
    paper = {"name": "VietGAP", "issuer": "Vinacert", "number": "VG-9", "valid_from": "1/6/2026"}
    browser.post(f"/manage/products/{on_sale}/certificates", paper)
    one = stored()
    fields = {
        "change": one.public_id,
        "version": "1",
        "key": one.proposed["certificates"][0]["key"],
    }

    answer = browser.post(f"/manage/products/{on_sale}/change/certificate", fields)

    assert answer.location == f"/manage/products/{on_sale}/change"
    assert stored().state == "withdrawn"
    with reading() as session:
        assert session.scalars(select(Certificate)).all() == []


def test_a_province_is_led_from_goods_to_the_rank_it_confirms(
    officer: SignedIn, browser: SignedIn, on_sale: str, app: Flask
) -> None:
    with transaction(by=COMMAND) as work:
        product = work.session.scalars(select(Product)).one()
        claim = make_recognition(work, product=product).public_id
        local = make_person(work, sign_in="xa@goc.example", name="Xa")
        enterprise = work.session.scalars(select(Enterprise)).one()
        enterprise.commune_code = "01576"
        make_officer(work, person=local, commune_code="01576")
        commune = SignedIn(app, make_sign_in(work, person=local, key="xa"))
    link = f'href="/office/recognitions/{claim}"'

    assert link in officer.get(f"/office/products/{on_sale}").text
    assert link not in commune.get(f"/office/products/{on_sale}").text


def test_changes_ask_the_database_little(
    officer: SignedIn, browser: SignedIn, on_sale: str, change: str
) -> None:
    budgets: list[tuple[Callable[[], object], int]] = [
        (lambda: browser.get(f"/manage/products/{on_sale}/change"), 12),
        (lambda: officer.get(f"/office/changes/{change}"), 12),
        (lambda: officer.get("/office/products"), 12),
    ]
    for ask, most in budgets:
        with counted_statements() as statements:
            ask()
        assert len(statements) <= most, statements


def test_two_enterprises_change_their_own(
    browser: SignedIn, on_sale: str, other: Callable[[], SignedIn]
) -> None:
    assert other().post(f"/manage/products/{on_sale}/change", words()).status_code == 404
    with transaction(by=COMMAND) as work:
        elsewhere = make_enterprise(work, name="Mẫu – Xa")
        product_id = make_product(work, enterprise=elsewhere).public_id
    assert browser.get(f"/manage/products/{product_id}/change").status_code == 404
