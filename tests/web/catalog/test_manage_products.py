import re
from collections.abc import Callable

import pytest
from sqlalchemy import func, select, update

from accounts.models import Enterprise
from catalog.models import Offer, Pack, Product, ProductText
from core.work import COMMAND, reading, transaction
from tests.makers import (
    make_enterprise,
    make_lot,
    make_pack,
    make_product,
)
from tests.statements import counted_statements
from tests.web.choices import chosen, offered
from tests.web.signed_in import SignedIn

TEA = {
    "name": "Chè móc câu",
    "group": "thuc_pham",
    "pack_content": "200",
    "pack_unit": "g",
    "pack_words": "hộp 200 g",
    "price_vnd": "120k",
}


@pytest.fixture
def product_in(browser: SignedIn) -> Callable[[str], str]:
    """Give the public id of a knife of Hà's in a state."""

    def make(state: str) -> str:
        with transaction(by=COMMAND) as work:
            enterprise = work.session.scalars(select(Enterprise)).first()
            product = make_product(work, enterprise=enterprise, state=state)
            make_pack(work, product=product)
            return product.public_id

    return make


def stored(public_id: str) -> Product:
    with reading() as session:
        return session.scalars(select(Product).where(Product.public_id == public_id)).one()


def test_a_newcomer_is_told_what_to_do_first(browser: SignedIn) -> None:
    text = browser.get("/manage/products").text

    assert '<a href="/manage">' in text  # The way home is the maker's own name.
    assert "Chưa có mặt hàng nào" in text
    assert 'href="/manage/products/new"' in text


def test_home_asks_for_the_first_product_until_there_is_one(
    browser: SignedIn, product_in: Callable[[str], str]
) -> None:
    before = browser.get("/manage").text
    product_in("submitted")
    after = browser.get("/manage").text

    assert "Thêm món hàng đầu tiên" in before
    assert 'href="/manage/products/new"' in before
    assert "Mọi việc đã xong" not in before
    assert "Thêm món hàng đầu tiên" not in after
    assert "Mọi việc đã xong" in after


def test_a_product_typed_as_people_write_it_becomes_a_draft(browser: SignedIn) -> None:
    answer = browser.post("/manage/products", TEA)

    assert answer.status_code == 303
    text = browser.get(answer.location).text
    assert "Chè móc câu" in text
    assert "120.000\xa0₫" in text
    assert "600.000\xa0₫/kg" in text  # Worked out, never typed.
    assert "Gửi cán bộ xem" in text
    with reading() as session:
        pack = session.scalars(select(Pack)).one()
        assert (pack.content, pack.base_unit, pack.gtin) == (200, "g", None)


def test_the_bare_fields_of_a_program_are_enough(browser: SignedIn) -> None:
    answer = browser.post(
        "/manage/products",
        {
            "name": "Dao phay",
            "group": "thu_cong_my_nghe",
            "pack_content": "1",
            "pack_unit": "piece",
            "price_vnd": "250000",
            "gtin": "8938505974194",
        },
    )

    assert answer.status_code == 303
    with reading() as session:
        pack = session.scalars(select(Pack)).one()
        assert (pack.words, pack.gtin) == ("1\xa0cái", "08938505974194")


def test_the_same_form_sent_twice_is_one_product(browser: SignedIn) -> None:
    answers = [browser.post("/manage/products", TEA | {"request_id": "A" * 26}) for _ in range(2)]

    assert answers[0].location == answers[1].location
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Product)) == 1


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Xin điền ô này."),
        ("group", "", "Xin điền ô này."),
        ("pack_content", "0", "Nhỏ nhất là 1."),
        ("pack_content", "nhiều", "Không đọc được lượng này."),
        ("price_vnd", "0", "Nhỏ nhất là 1."),
        ("price_vnd", "-5", "Số tiền không thể nhỏ hơn 0."),
        ("price_vnd", "150 đô", "Không đọc được số tiền."),
        ("gtin", "8938505974195", "Mã vạch này sai một chữ số nào đó."),
        ("gtin", "893850597419", "Mã vạch"),
        ("gtin", "abc", "Mã vạch chỉ gồm chữ số."),
        ("weight_g", "2 lít", "Xin viết cân nặng, như 450 g hoặc 1,2 kg."),
        ("pack_words", "OCOP", "Xin đừng ghi sao hay OCOP ở đây"),
        (
            "pack_words",
            "hàng thật 100 %",
            "Xin chỉ ghi món hàng được gói thế nào.",
        ),
        ("size_words", "gọi 0900 123 456", "Xin đừng ghi số điện thoại ở đây."),
    ],
)
def test_a_refusal_stands_beside_its_field_and_everything_typed_is_kept(
    browser: SignedIn, field: str, typed: str, sentence: str
) -> None:
    answer = browser.post("/manage/products", TEA | {"summary": "Sao tay.", field: typed})

    assert answer.status_code == 422
    assert f'id="{field}-error">{sentence}' in answer.text
    kept = {"name": "Chè móc câu", "pack_content": "200", "price_vnd": "120k"} | {field: typed}
    for name, value in kept.items():
        assert name == "group" or f'name="{name}" type="text" value="{value}"' in answer.text
    assert ">Sao tay.</textarea>" in answer.text
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Product)) == 0


def test_the_list_of_refusals_names_each_field(browser: SignedIn) -> None:
    answer = browser.post("/manage/products", TEA | {"name": "", "price_vnd": "rẻ"})

    assert answer.status_code == 422
    assert '<a href="#name">Tên hàng: Xin điền ô này.</a>' in answer.text
    assert '<a href="#price_vnd">Giá một gói: Không đọc được số tiền.' in answer.text


def test_an_amount_with_its_own_unit_wins_over_the_chosen_one(browser: SignedIn) -> None:
    browser.post("/manage/products", TEA | {"pack_content": "1,5 kg"})

    with reading() as session:
        assert session.scalars(select(Pack.content)).one() == 1_500


def test_a_number_of_another_pack_is_refused_beside_its_field(browser: SignedIn) -> None:
    browser.post("/manage/products", TEA | {"gtin": "8938505974194"})

    answer = browser.post("/manage/products", TEA | {"name": "Khác", "gtin": "8938505974194"})

    assert answer.status_code == 422
    assert 'id="gtin-error">Mã vạch này đã ghi cho một món hàng khác.' in answer.text
    assert 'value="8938505974194"' in answer.text


def test_words_change_and_an_old_page_is_shown_both_texts(
    browser: SignedIn, product_in: Callable[[str], str]
) -> None:
    url = f"/manage/products/{product_in('draft')}/edit"
    typed = {"name": "Dao A", "group": "thu_cong_my_nghe", "summary": "", "version": "1"}
    assert browser.post(url, typed).status_code == 303

    answer = browser.post(url, typed | {"name": "Dao B"})

    assert answer.status_code == 409
    assert "Chưa có gì bị ghi đè." in answer.text
    assert offered(answer.text) == {"name": ["Dao A", "Dao B"]}
    assert browser.post(url, chosen(answer.text, "name")).status_code == 303
    assert 'value="Dao B"' in browser.get(url).text


def test_the_story_is_changed_where_the_words_are(
    browser: SignedIn, product_in: Callable[[str], str]
) -> None:
    url = f"/manage/products/{product_in('draft')}"
    typed = {"name": "Dao", "group": "thu_cong_my_nghe", "summary": "", "version": "1"}

    browser.post(f"{url}/edit", typed | {"story": "Nhà tôi rèn từ đời ông.\nHai người thợ."})

    assert "<p>Nhà tôi rèn từ đời ông.</p><p>Hai người thợ.</p>" in browser.get(url).text
    assert "Nhà tôi rèn từ đời ông." in browser.get(f"{url}/edit").text


def test_a_product_goes_to_the_officer_and_comes_back_with_the_reason(
    browser: SignedIn, officer: SignedIn, product_in: Callable[[str], str]
) -> None:
    public_id = product_in("draft")
    url = f"/manage/products/{public_id}"
    assert browser.post(f"{url}/submit", {"version": "1"}).location == url
    assert "Đang chờ xem" in browser.get(url).text
    assert browser.get(f"{url}/edit").location == url  # Nothing is changed while they look.
    assert public_id in officer.get("/office").text
    assert public_id in officer.get("/office/products").text

    answer = officer.post(
        f"/office/products/{public_id}/return",
        {"version": "2", "reason_kind": "4", "reason": "Ghi rõ thôn."},
    )

    assert answer.location == f"/office/products/{public_id}"
    text = browser.get(url).text
    assert "Chưa đúng nơi làm." in text
    assert "Ghi rõ thôn." in text
    assert "The place where it is made is not right." in browser.get(f"{url}?lang=en").text
    home = browser.get("/manage").text
    assert "Sửa Dao phay theo lời cán bộ" in home
    assert "Dao phay được gửi trả để sửa." in home


def test_what_is_missing_is_named_with_its_page(browser: SignedIn) -> None:
    with transaction(by=COMMAND) as work:
        enterprise = work.session.scalars(select(Enterprise)).one()
        enterprise.province_code = None
        product = make_product(work, enterprise=enterprise, state="draft")
        url = f"/manage/products/{product.public_id}"

    text = browser.get(url).text

    assert f'<a href="{url}/packs">Chưa có quy cách và giá.</a>' in text
    assert "Chưa ghi nơi làm." in text
    assert "Gửi cán bộ xem</button>" not in text
    assert browser.post(f"{url}/submit", {"version": "1"}).status_code == 422


def test_a_published_products_price_changes_and_its_name_does_not(
    browser: SignedIn, product_in: Callable[[str], str]
) -> None:
    public_id = product_in("published")
    with reading() as session:
        pack = session.scalars(select(Pack.public_id)).one()
    typed = {"pack_content": "1", "pack_unit": "piece", "pack_words": "con", "version": "1"}

    answer = browser.post(f"/manage/packs/{pack}", typed | {"price_vnd": "280.000 đ"})

    assert answer.location == f"/manage/products/{public_id}"
    text = browser.get(answer.location).text
    assert "280.000\xa0₫" in text
    assert "Ảnh và giá thì đổi lúc nào cũng được." in text
    assert browser.get(f"{answer.location}/edit").status_code == 303
    old = browser.post(f"/manage/packs/{pack}", typed | {"price_vnd": "90.000"})
    assert old.status_code == 409
    assert offered(old.text)["price_vnd"] == ["280.000", "90.000"]


def test_what_an_officer_looked_at_is_not_rewritten_on_sale(
    browser: SignedIn, product_in: Callable[[str], str]
) -> None:
    public_id = product_in("published")
    with reading() as session:
        pack = session.scalars(select(Pack.public_id)).one()
    typed = {
        "pack_content": "1",
        "pack_unit": "piece",
        "pack_words": "con dao chữa ung thư",
        "price_vnd": "90.000",
        "version": "1",
    }

    drawn = browser.get(f"/manage/packs/{pack}").text
    changed = browser.post(f"/manage/packs/{pack}", typed)
    added = browser.post(f"/manage/products/{public_id}/packs", typed)

    assert '<input type="hidden" name="pack_words" value="con">' in drawn
    assert "Muốn đổi hay thêm quy cách" in drawn
    assert (changed.status_code, added.status_code) == (422, 422)
    assert "Cán bộ đã xem quy cách đang bán" in changed.text
    assert browser.get(f"/manage/products/{public_id}/packs").status_code == 303
    with reading() as session:
        assert session.scalars(select(Pack.words)).all() == ["con"]
        assert session.scalars(select(Offer.price_vnd)).all() == [250_000]


def test_a_withdrawn_product_leaves_the_shop(
    browser: SignedIn, product_in: Callable[[str], str]
) -> None:
    public_id = product_in("published")

    browser.post(f"/manage/products/{public_id}/withdraw", {"version": "1"})

    assert stored(public_id).state == "withdrawn"
    assert "Đã thôi bán" in browser.get(f"/manage/products/{public_id}").text


def test_somebody_elses_product_and_pack_do_not_exist(browser: SignedIn) -> None:
    with transaction(by=COMMAND) as work:
        product = make_product(work, enterprise=make_enterprise(work, name="Mẫu – Khác"))
        pack = make_pack(work, product=product)
        paths = [f"/manage/products/{product.public_id}", f"/manage/packs/{pack.public_id}"]

    assert [browser.get(path).status_code for path in paths] == [404, 404]
    assert browser.post(paths[1], {"version": "1"}).status_code == 404
    with reading() as session:
        assert session.scalars(select(Offer.price_vnd)).one() == 250_000


def test_products_are_searched_without_marks(
    browser: SignedIn, product_in: Callable[[str], str]
) -> None:
    product_in("draft")

    assert "Dao phay" in browser.get("/manage/products?q=DAO").text
    nothing = browser.get("/manage/products?q=%3Cb%3Emật")
    assert "Không thấy hàng nào tên “&lt;b&gt;mật”" in nothing.text
    assert browser.get("/manage/products?page=9").status_code == 404


def test_markup_in_words_never_runs(browser: SignedIn) -> None:
    answer = browser.post(
        "/manage/products", TEA | {"name": "<script>x</script>", "summary": "<img src=x>"}
    )

    text = browser.get(answer.location).text
    assert "<script>x" not in text
    assert "<img src=x>" not in text


@pytest.mark.parametrize("path", ["/manage/products", "/manage/products/quick"])
def test_pages_speak_both_languages(
    browser: SignedIn, product_in: Callable[[str], str], path: str
) -> None:
    product_in("draft")

    text = browser.get(f"{path}?lang=en").text

    assert re.search(r"Your products|Add a product", text)
    assert "Thêm hàng" not in text


def test_a_list_and_a_page_ask_little_of_the_database(
    browser: SignedIn, product_in: Callable[[str], str]
) -> None:
    for _ in range(3):
        public_id = product_in("published")
    with transaction(by=COMMAND) as work:
        work.session.execute(update(ProductText).values(summary="Rèn tay."))
        make_lot(work, product=work.session.scalars(select(Product)).first())

    with counted_statements() as asked:
        browser.get("/manage/products")
    assert len(asked) <= 6, asked
    with counted_statements() as asked:
        browser.get(f"/manage/products/{public_id}")
    assert len(asked) <= 10, asked
