import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from accounts.models import Enterprise, Person
from catalog.models import Product, ProductReview, ProductText
from core.slugs import slug_of
from core.work import COMMAND, reading, transaction
from tests.makers import (
    make_enterprise,
    make_member,
    make_officer,
    make_pack,
    make_person,
    make_product,
    make_sign_in,
)
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn


@pytest.fixture
def waiting(app: Flask) -> str:
    """A knife of Cao Bằng that was sent for checking; its public id."""
    with transaction(by=COMMAND) as work:
        product = make_product(work, state="submitted")
        product.submitted_at = work.now
        make_pack(work, product=product)
        return product.public_id


def reviews() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(ProductReview)) or 0


def test_an_officer_sees_what_a_buyer_will_see(officer: SignedIn, waiting: str) -> None:
    assert f"/office/products/{waiting}" in officer.get("/office").text
    assert "1 mặt hàng chờ xem" in officer.get("/office/products").text

    text = officer.get(f"/office/products/{waiting}").text

    for words in ("Dao phay", "250.000\xa0₫", "Mẫu – Lò rèn Hà", "xã Phúc Sen, Cao Bằng"):
        assert words in text
    assert text.count('name="looked_at"') == 4


def test_an_officer_reads_the_story_that_will_be_published(officer: SignedIn, waiting: str) -> None:
    with transaction(by=COMMAND) as work:
        work.session.scalars(select(ProductText)).one().story = "Rèn bằng nhíp xe.\nTôi bằng tay."

    text = officer.get(f"/office/products/{waiting}").text

    assert "<h3>Câu chuyện</h3><p>Rèn bằng nhíp xe.</p><p>Tôi bằng tay.</p>" in text


def test_what_was_compared_is_published_with_the_goods(
    officer: SignedIn, waiting: str, client: FlaskClient
) -> None:
    answer = officer.post(
        f"/office/products/{waiting}/publish",
        {"version": "1", "looked_at": ["seller", "place", "name"]},
    )

    assert answer.location == f"/office/products/{waiting}"
    assert "Đã đăng bán. Người mua tìm thấy hàng này" in officer.get(answer.location).text
    with reading() as session:
        product = session.scalars(select(Product)).one()
        url = f"/products/{slug_of('Dao phay', product.slug_key)}"
    text = client.get(url).text
    assert "Tỉnh đã đối chiếu ngày" in text
    assert "tên và nhóm hàng, nơi làm, người bán" in text
    assert "Không kiểm chất lượng hàng." in text
    assert "Không có hàng nào chờ" in officer.get("/office/products").text


def test_publishing_names_what_was_compared(officer: SignedIn, waiting: str) -> None:
    answer = officer.post(f"/office/products/{waiting}/publish", {"version": "1"})

    assert answer.status_code == 422
    assert 'id="looked_at-error">Xin đánh dấu những gì đã đối chiếu.' in answer.text
    assert reviews() == 0


def test_returning_needs_a_reason_and_keeps_what_was_typed(officer: SignedIn, waiting: str) -> None:
    url = f"/office/products/{waiting}/return"

    empty = officer.post(url, {"version": "1"})
    unknown = officer.post(url, {"version": "1", "reason_kind": "99", "reason": "Ghi rõ."})

    assert empty.status_code == 422
    assert 'id="reason-error">Xin chọn hoặc viết lý do' in empty.text
    assert '<details class="stack" open>' in empty.text
    assert unknown.status_code == 422
    assert ">Ghi rõ.</textarea>" in unknown.text
    assert reviews() == 0


def test_a_version_that_was_not_on_the_screen_is_not_published(
    officer: SignedIn, waiting: str
) -> None:
    answer = officer.post(
        f"/office/products/{waiting}/publish", {"version": "7", "looked_at": "seller"}
    )

    assert answer.status_code == 409
    assert reviews() == 0


def test_another_provinces_goods_and_drafts_do_not_exist(officer: SignedIn, app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        far = make_enterprise(work, name="Mẫu – HTX xa")
        far.province_code = "1"
        products = [
            make_product(work, enterprise=far, state="submitted"),
            make_product(work, state="draft"),
        ]
        paths = [f"/office/products/{product.public_id}" for product in products]

    for path in paths:
        answer = officer.get(path)
        assert answer.status_code == 404
        assert "Không có trang này" in answer.text  # Not: its maker took it back.
    typed = {"version": "1", "looked_at": "seller"}
    assert [officer.post(f"{path}/publish", typed).status_code for path in paths] == [404, 404]
    assert "Không có hàng nào chờ" in officer.get("/office/products").text


def test_nobody_checks_an_enterprise_of_their_own(officer: SignedIn, waiting: str) -> None:
    with transaction(by=COMMAND) as work:
        person = work.session.scalars(select(Person).where(Person.name == "Lan")).one()
        enterprise = work.session.scalars(select(Enterprise)).one()
        make_member(work, enterprise=enterprise, person=person)

    page = officer.get(f"/office/products/{waiting}")
    answer = officer.post(
        f"/office/products/{waiting}/publish", {"version": "1", "looked_at": "seller"}
    )

    assert "phải để cán bộ khác xem" in page.text
    assert "Đăng bán</button>" not in page.text
    assert answer.status_code == 403
    assert reviews() == 0


def test_the_smallest_office_that_covers_the_place_is_named(app: Flask, waiting: str) -> None:
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="op@goc.example", name="Vận hành")
        make_officer(work, person=person, role="operator", province_code=None)
        browser = SignedIn(app, make_sign_in(work, person=person, key="op"))

    browser.post(f"/office/products/{waiting}/publish", {"version": "1", "looked_at": "seller"})

    with reading() as session:
        assert session.scalars(select(ProductReview.level)).one() == "country"


def test_the_office_speaks_both_languages_and_asks_little(officer: SignedIn, waiting: str) -> None:
    with counted_statements() as asked:
        text = officer.get("/office/products?lang=en").text
    assert "1 product waits" in text
    assert len(asked) <= 11, asked
    with counted_statements() as asked:
        text = officer.get(f"/office/products/{waiting}?lang=en").text
    assert "What did you compare?" in text
    assert len(asked) <= 14, asked


def test_what_was_sent_again_stands_beside_what_was_seen_before(
    officer: SignedIn, waiting: str
) -> None:
    officer.post(f"/office/products/{waiting}/return", {"version": "1", "reason_kind": "1"})
    with transaction(by=COMMAND) as work:
        product = work.session.scalars(select(Product)).one()
        product.state = "submitted"
        work.session.get_one(ProductText, (product.id, "vi")).name = "Dao thái"

    text = officer.get(f"/office/products/{waiting}").text

    assert "Thay đổi từ lần xem trước" in text
    assert "Dao <del>phay</del>" in text
    assert "Dao <ins>thái</ins>" in text
    assert "Tên hàng chưa rõ là món gì." in text
    assert "gửi lại" in officer.get("/office/products").text


def test_what_lies_elsewhere_is_seen_in_the_whole_area_alone(
    officer: SignedIn, waiting: str
) -> None:
    with transaction(by=COMMAND) as work:
        work.session.scalars(select(Enterprise)).one().commune_code = "01726"
        person = make_person(work, sign_in="xa@goc.example")
        make_officer(work, person=person, commune_code="01726")

    assert waiting not in officer.get("/office/products").text
    everywhere = officer.get("/office/products?all=1").text
    assert waiting in everywhere
    assert "cán bộ Xã Nguyên Bình" in everywhere


def test_answers_in_time_are_counted(officer: SignedIn, waiting: str) -> None:
    assert "lần trả lời đúng hạn" not in officer.get("/office/products").text

    officer.post(f"/office/products/{waiting}/publish", {"version": "1", "looked_at": "seller"})

    assert "1 trên 1 lần trả lời đúng hạn" in officer.get("/office/products").text


def test_goods_of_an_unverified_seller_are_not_published(officer: SignedIn, waiting: str) -> None:
    with transaction(by=COMMAND) as work:
        work.session.scalars(select(Enterprise)).one().state = "submitted"

    page = officer.get(f"/office/products/{waiting}").text
    answer = officer.post(
        f"/office/products/{waiting}/publish", {"version": "1", "looked_at": "seller"}
    )

    assert "xem người bán trước, rồi mới đăng bán hàng được" in page
    assert ("/publish" in page, "/return" in page) == (False, True)
    assert answer.status_code == 409
    assert "Người bán này chưa được đối chiếu" in answer.text
    assert reviews() == 0
