from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from accounts.models import Enterprise
from catalog.models import Lot
from core.clock import today
from core.work import COMMAND, reading, transaction
from tests.makers import make_enterprise, make_lot, make_pack, make_product
from tests.statements import counted_statements
from tests.web.choices import chosen, offered
from tests.web.signed_in import SignedIn
from traceability import service as traceability

Goods = Callable[[], str]


@pytest.fixture
def goods(browser: SignedIn) -> Goods:
    """Give the public id of a published knife of Hà's."""

    def make() -> str:
        with transaction(by=COMMAND) as work:
            enterprise = work.session.scalars(select(Enterprise)).one()
            product = make_product(work, enterprise=enterprise)
            make_pack(work, product=product)
            return product.public_id

    return make


def typed(product: str, **more: str) -> dict[str, str]:
    day = today()
    return {
        "product": product,
        "code": "Lô 7/a",
        "made_on": f"{day.day}/{day.month}/{day.year}",
        "best_before_on": "",
        "declared_units": "1.000",
    } | more


def lots() -> list[Lot]:
    with reading() as session:
        return list(session.scalars(select(Lot).order_by(Lot.id)))


def test_without_goods_on_sale_the_way_to_them_is_shown(browser: SignedIn) -> None:
    assert "Chưa có hàng nào đang bán" in browser.get("/manage/lots").text
    assert "Chưa có hàng nào đang bán" in browser.get("/manage/lots/new").text


def test_a_lot_is_declared_and_its_stamps_are_next(browser: SignedIn, goods: Goods) -> None:
    product = goods()
    assert 'name="declared_units"' in browser.get("/manage/lots/new").text  # The only goods.

    answer = browser.post("/manage/lots", typed(product))

    [lot] = lots()
    assert answer.location == f"/manage/lots/{lot.public_id}"
    assert (lot.code, lot.uri_code, lot.declared_units) == ("Lô 7/a", "Lo-7/a", 1_000)
    assert (lot.made_on, lot.made_kind, lot.best_before_on) == (today(), "made", None)
    text = browser.get(answer.location).text
    assert f'href="/manage/stamps?lot={lot.public_id}"' in text
    assert "Lo-7/a" in text
    assert "Lô\xa07/a" in browser.get("/manage/lots").text


def test_with_several_goods_one_is_chosen_first(browser: SignedIn, goods: Goods) -> None:
    first, second = goods(), goods()

    text = browser.get("/manage/lots/new").text

    assert f"?product={first}" in text
    assert f"?product={second}" in text
    assert f'value="{first}"' in browser.get(f"/manage/lots/new?product={first}").text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("code", "", "Xin điền ô này."),
        ("code", "...", "Mã lô cần ít nhất một chữ cái hay chữ số."),
        ("code", "một hai ba bốn năm sáu bảy", "Mã lô dài quá"),
        ("made_on", "1/1/0001", "Sớm nhất là 01/01/2000."),
        ("made_on", "1/1/9999", "Muộn nhất là 31/12/2099."),
        ("made_on", "31/2/2026", "Không có ngày 31/2/2026."),
        ("made_on", "5/11", "Thiếu năm"),
        ("made_on", "31/12/2099", "Ngày này chưa tới."),
        ("made_on", "1/1/2001", "Ngày này đã quá 10 năm."),
        ("best_before_on", "1/1/2020", "Hạn dùng phải từ ngày làm trở đi."),
        ("best_before_on", "31/12/2099", "Hạn dùng xa quá 30 năm."),
        ("declared_units", "0", "Nhỏ nhất là 1."),
        ("declared_units", "-1", "Số này không thể nhỏ hơn 0."),
        ("declared_units", "1000000000000", "Lớn nhất là 10.000.000."),
        ("declared_units", "2,5", "Phải là số nguyên, không lẻ."),
        ("made_kind", "caught", "Xin chọn một trong các mục có sẵn."),
    ],
)
def test_an_impossible_lot_is_refused_beside_its_field_and_nothing_typed_is_lost(
    browser: SignedIn, goods: Goods, field: str, value: str, sentence: str
) -> None:
    sent = typed(goods(), **{field: value})

    answer = browser.post("/manage/lots", sent)

    assert answer.status_code == 422
    assert sentence in answer.text
    for name in ("code", "made_on", "best_before_on", "declared_units"):
        assert f'value="{sent[name]}"' in answer.text
    assert lots() == []


def test_a_code_used_before_is_refused_in_words(browser: SignedIn, goods: Goods) -> None:
    product = goods()
    browser.post("/manage/lots", typed(product))

    same = browser.post("/manage/lots", typed(product, declared_units="5"))
    alike = browser.post("/manage/lots", typed(product, code="Lo 7/a"))

    assert (same.status_code, alike.status_code) == (422, 422)
    assert "Đã có lô mang mã Lô 7/a." in same.text
    assert "Lo 7/a viết thành Lo-7/a, trùng với lô Lô 7/a." in alike.text
    assert len(lots()) == 1


def test_a_lot_of_somebody_elses_goods_does_not_exist(browser: SignedIn, goods: Goods) -> None:
    with transaction(by=COMMAND) as work:
        other = make_product(work, enterprise=make_enterprise(work, name="Mẫu – Khác"))
        make_pack(work, product=other)
        lot = make_lot(work, product=other)
        product, path = other.public_id, f"/manage/lots/{lot.public_id}"

    assert browser.post("/manage/lots", typed(product)).status_code == 404
    assert browser.get(path).status_code == 404
    for verb in ("edit", "delete", "hold", "release"):
        assert browser.post(f"{path}/{verb}", {"version": "1"}).status_code == 404
    assert len(lots()) == 1


def test_unknown_goods_lead_back_to_the_choice(browser: SignedIn, goods: Goods) -> None:
    goods()

    answer = browser.post("/manage/lots", typed("KHONGCO"))

    assert answer.status_code == 422
    assert "Lô của hàng nào?" in answer.text


def test_a_lot_is_changed_over_the_page_it_was_drawn_from(browser: SignedIn, goods: Goods) -> None:
    product = goods()
    url = browser.post("/manage/lots", typed(product)).location
    assert 'value="1.000"' in browser.get(f"{url}/edit").text

    first = browser.post(f"{url}/edit", typed(product, declared_units="30", version="1"))
    second = browser.post(f"{url}/edit", typed(product, declared_units="50", version="1"))

    assert first.location == url
    assert second.status_code == 409
    assert offered(second.text) == {"declared_units": ["30", "50"]}
    assert lots()[0].declared_units == 30
    assert browser.post(f"{url}/edit", chosen(second.text, "declared_units")).location == url
    assert lots()[0].declared_units == 50


def test_a_lot_changed_since_is_not_deleted_by_an_old_page(browser: SignedIn, goods: Goods) -> None:
    product = goods()
    url = browser.post("/manage/lots", typed(product)).location
    browser.post(f"{url}/edit", typed(product, declared_units="30", version="1"))

    answer = browser.post(f"{url}/delete", {"version": "1"})

    assert answer.status_code == 409
    assert "<h1>Lô này vừa được sửa nên chưa xóa.</h1>" in answer.text
    assert f'<a class="btn" href="{url}">Xem lại</a>' in answer.text
    assert len(lots()) == 1


def test_a_stamped_lot_shows_its_stamps_and_stays(browser: SignedIn, goods: Goods) -> None:
    product = goods()
    url = browser.post("/manage/lots", typed(product)).location
    with transaction(by=COMMAND) as work:
        traceability.issue_stamps(work, lot_id=lots()[0].id, count=12)

    text = browser.get(url).text

    assert "Tem: 0 đã dán, 12 chờ" in text
    assert "Stamps: 0 stuck on, 12 waiting" in browser.get("/manage/lots?lang=en").text
    assert "Xóa lô" not in text
    assert browser.get(f"{url}/edit").location == url
    refused = browser.post(f"{url}/delete", {"version": "1"})
    assert refused.status_code == 409
    assert "Lô này đã có tem" in refused.text
    assert len(lots()) == 1


def test_a_lot_is_held_released_and_deleted(browser: SignedIn, goods: Goods) -> None:
    url = browser.post("/manage/lots", typed(goods())).location

    browser.post(f"{url}/hold")
    assert "Lô này tạm dừng bán từ" in browser.get(url).text
    browser.post(f"{url}/release")
    assert "Lô này tạm dừng bán từ" not in browser.get(url).text
    assert browser.post(f"{url}/delete", {"version": "3"}).location == "/manage/lots"

    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Lot)) == 0


def test_lots_ask_little_of_the_database(browser: SignedIn, goods: Goods) -> None:
    product = goods()
    for code in ("A", "B", "C"):
        url = browser.post("/manage/lots", typed(product, code=code)).location

    with counted_statements() as asked:
        browser.get("/manage/lots")
    assert len(asked) <= 8, asked
    with counted_statements() as asked:
        browser.get(url)
    assert len(asked) <= 7, asked


def test_a_deletion_sent_again_is_answered_as_the_first_time(
    browser: SignedIn, goods: Goods
) -> None:
    url = browser.post("/manage/lots", typed(goods())).location
    once = {"version": "1", "request_id": "R1"}

    answers = [browser.post(f"{url}/delete", once) for _ in range(2)]
    another = browser.post(f"{url}/delete", {"version": "1"})

    assert [(answer.status_code, answer.location) for answer in answers] == [
        (303, "/manage/lots"),
        (303, "/manage/lots"),
    ]
    assert another.status_code == 404


def test_a_change_sent_again_after_the_lot_is_gone_is_answered_as_the_first_time(
    browser: SignedIn, goods: Goods
) -> None:
    product = goods()
    url = browser.post("/manage/lots", typed(product)).location
    once = typed(product, declared_units="7", version="1", request_id="R1")

    first = browser.post(f"{url}/edit", once)
    browser.post(f"{url}/delete", {"version": "2"})
    again = browser.post(f"{url}/edit", once)

    assert (first.status_code, first.location) == (303, url)
    assert (again.status_code, again.location) == (303, url)
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Lot)) == 0
