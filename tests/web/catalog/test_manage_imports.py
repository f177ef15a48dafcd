"""Sheets of goods and lots on the pages of whoever keeps them, the worker running between."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from app.duties import KINDS
from catalog.models import ImportRun, Lot, Offer, Product, ProductText
from catalog.routes import manage_exports
from catalog.sheets import Cell, write_table
from catalog.sheets import reading as table_reading
from core.work import COMMAND, reading, transaction
from core.worker.jobs import run_next
from tests.makers import make_lot, make_pack, make_product
from tests.web.signed_in import SignedIn

HEADING = ("Tên sản phẩm", "Nhóm", "Quy cách", "Giá bán", "Mã vạch")
TEA = ("Chè búp", "Thực phẩm", "hộp 200 g", "85k", "")
KNIFE = ("Dao gọt", "Thủ công mỹ nghệ", "", "", "")
LOTS = ("Tên hàng", "Mã lô", "NSX", "HSD", "Số lượng")


def sheet(heading: Sequence[str], *rows: Sequence[Cell]) -> BytesIO:
    stream = BytesIO()
    write_table(stream, heading, rows, kind="xlsx")
    stream.seek(0)
    return stream


def send(browser: SignedIn, word: str, content: BytesIO, name: str = "hang.xlsx") -> TestResponse:
    return browser.post(f"/manage/{word}", {"file": (content, name)})


def run_jobs() -> None:
    while run_next(KINDS):
        pass


def guessed(path: str) -> dict[str, str]:
    """The form of columns as it is drawn."""
    with reading() as session:
        run = session.scalars(
            select(ImportRun).where(ImportRun.public_id == path.rpartition("/")[2])
        ).one()
        return {f"column_{name}": str(place) for name, place in run.chosen.items()}


def checked(browser: SignedIn, word: str, content: BytesIO) -> str:
    path = send(browser, word, content).location
    assert browser.post(f"{path}/columns", guessed(path)).status_code == 303
    run_jobs()
    return path


def written(browser: SignedIn, word: str, content: BytesIO, how: str = "all") -> str:
    path = checked(browser, word, content)
    assert browser.post(f"{path}/write", {"how": how}).status_code == 303
    run_jobs()
    return path


def count(table: type[Any]) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def text(browser: SignedIn, path: str) -> str:
    return browser.get(path).get_data(as_text=True)


def test_a_file_is_looked_over_shown_written_and_undone(browser: SignedIn) -> None:
    path = send(browser, "product-imports", sheet(HEADING, TEA, KNIFE)).location
    assert "Cột nào là gì" in text(browser, path)
    assert browser.post(f"{path}/columns", guessed(path)).location == path
    assert "Đang làm" in text(browser, path)
    run_jobs()
    page = text(browser, path)
    assert "Ghi 2 dòng" in page
    assert count(Product) == 0

    browser.post(f"{path}/write", {"how": "all"})
    run_jobs()

    assert "Đã ghi xong" in text(browser, path)
    with reading() as session:
        assert session.scalars(select(Product.state)).all() == ["draft", "draft"]
        assert session.scalars(select(Offer.price_vnd)).all() == [85_000]

    browser.post(f"{path}/undo")
    run_jobs()

    assert "Đã hoàn lại 2 dòng" in text(browser, path)
    assert (count(Product), count(Offer), count(ProductText)) == (0, 0, 0)


def test_the_same_file_again_has_nothing_to_write(browser: SignedIn) -> None:
    written(browser, "product-imports", sheet(HEADING, TEA, KNIFE))

    path = checked(browser, "product-imports", sheet(HEADING, TEA, KNIFE))

    assert "Không có gì mới để ghi" in text(browser, path)
    assert count(Product) == 2


def test_a_refusal_stands_beside_its_cell_and_the_others_may_be_written(browser: SignedIn) -> None:
    bad = ("Mứt", "Thực phẩm", "hũ 300 g", "rẻ", "")
    content = sheet(HEADING, TEA, bad, KNIFE)
    path = checked(browser, "product-imports", content)

    page = text(browser, path)
    assert (
        'rẻ</span><p class="refusal">Không đọc được số tiền. Viết như 150.000 hoặc 150k.</p>'
        in page
    )
    refused = browser.post(f"{path}/write", {"how": "all"})
    assert refused.status_code == 409
    assert count(Product) == 0
    browser.post(f"{path}/write", {"how": "valid"})
    run_jobs()

    assert count(Product) == 2


def test_a_refusal_for_a_column_the_file_lacks_names_the_column(browser: SignedIn) -> None:
    file = sheet(
        ["Tên SP", "Nhóm hàng", "Giá"],
        ["Dao phay", "thủ công mỹ nghệ", "150.000"],
    )

    path = checked(browser, "product-imports", file)

    assert '<p class="refusal">Mỗi gói có: Có giá mà chưa rõ giá của bao nhiêu.' in text(
        browser, path
    )


def test_an_odd_price_is_told_beside_its_cell_and_written_all_the_same(browser: SignedIn) -> None:
    slip = ("Mứt", "Thực phẩm", "hũ 300 g", "120.000.000", "")
    path = checked(browser, "product-imports", sheet(HEADING, TEA, slip))

    page = text(browser, path)
    assert page.count('class="doubt"') == 1
    assert "1 dòng có giá khác thường." in page
    assert page.rindex("Mứt") < page.rindex("Chè búp")  # Looked at first.
    assert (
        "Giá này tính ra 400.000.000\xa0₫/kg. Có đúng 120.000.000\xa0₫ cho 300\xa0g không, "
        "hay là 120.000\xa0₫ cho 300\xa0g (400.000\xa0₫/kg)?" in page
    )
    assert 'class="refusal"' not in page
    browser.post(f"{path}/write", {"how": "all"})
    run_jobs()

    assert count(Product) == 2


def test_each_cell_names_its_column_for_narrow_screens(browser: SignedIn) -> None:
    page = text(browser, checked(browser, "product-imports", sheet(HEADING, KNIFE)))

    assert '<td data-label="Tên hàng"><span>Dao gọt</span></td>' in page
    assert '<td data-label="Giá một gói" class="bare">' in page


def test_a_changed_price_comes_back_by_undoing_unless_it_changed_since(browser: SignedIn) -> None:
    written(browser, "product-imports", sheet(HEADING, TEA, ("Cao", "Dược liệu", "lọ 50 g", "90k")))
    dearer = ("Chè búp", "Thực phẩm", "hộp 200 g", "100k", "")
    path = written(
        browser, "product-imports", sheet(HEADING, dearer, ("Cao", "Dược liệu", "lọ 50 g", "95k"))
    )
    with reading() as session:
        assert sorted(session.scalars(select(Offer.price_vnd))) == [95_000, 100_000]
    with transaction(by=COMMAND) as work:
        names = select(ProductText.product_id).where(ProductText.name == "Cao")
        work.session.execute(update(Product).where(Product.id.in_(names)).values(version=9))

    browser.post(f"{path}/undo")
    run_jobs()

    page = text(browser, path)
    assert "Đã hoàn lại 1 dòng" in page
    assert "1 dòng đã được sửa hoặc đã dùng sau khi nhập nên giữ nguyên." in page
    with reading() as session:
        assert sorted(session.scalars(select(Offer.price_vnd))) == [85_000, 95_000]


def test_goods_with_a_lot_since_stay_as_imported_and_say_so_and_the_others_come_back(
    browser: SignedIn,
) -> None:
    written(browser, "product-imports", sheet(HEADING, TEA, ("Cao", "Dược liệu", "lọ 50 g", "90k")))
    goods = (("Chè búp", "Thực phẩm", "hộp 200 g", "100k", ""), KNIFE)
    path = written(
        browser, "product-imports", sheet(HEADING, *goods, ("Cao", "Dược liệu", "lọ 50 g", "95k"))
    )
    with transaction(by=COMMAND) as work:
        for name in ("Chè búp", "Dao gọt"):
            mine = select(ProductText.product_id).where(ProductText.name == name)
            product = work.session.scalars(select(Product).where(Product.id.in_(mine))).one()
            make_lot(work, product=product, code=f"26-{product.id}")

    browser.post(f"{path}/undo")
    run_jobs()

    page = text(browser, path)
    assert "Đã hoàn lại 1 dòng" in page
    assert page.count("Sau khi nhập, hàng này đã có lô nên giữ nguyên.") == 2
    with reading() as session:
        assert sorted(session.scalars(select(Offer.price_vnd))) == [90_000, 100_000]
    assert (count(Product), count(Lot)) == (3, 2)


def test_a_lot_from_before_the_file_does_not_keep_a_change_from_being_undone(
    browser: SignedIn,
) -> None:
    written(browser, "product-imports", sheet(HEADING, TEA))
    with transaction(by=COMMAND) as work:
        make_lot(work, product=work.session.scalars(select(Product)).one())
    dearer = ("Chè búp", "Thực phẩm", "hộp 200 g", "100k", "")
    path = written(browser, "product-imports", sheet(HEADING, dearer))

    browser.post(f"{path}/undo")
    run_jobs()

    assert "Đã hoàn lại 1 dòng" in text(browser, path)
    with reading() as session:
        assert session.scalars(select(Offer.price_vnd)).all() == [85_000]


def test_all_or_none_leaves_nothing_where_a_line_fails_while_writing(
    browser: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = ("Mật ong", "Thực phẩm", "chai 500 ml", "200k", "8938505974194")
    path = checked(browser, "product-imports", sheet(HEADING, TEA, taken))
    with transaction(by=COMMAND) as work:
        make_pack(work, product=make_product(work, enterprise=None)).gtin = "08938505974194"

    browser.post(f"{path}/write", {"how": "all"})
    run_jobs()

    assert "không dòng nào được ghi" in text(browser, path)
    assert count(Product) == 1


def test_columns_are_chosen_anew_where_the_guess_was_wrong(browser: SignedIn) -> None:
    heading = ("Cột A", "Nhóm", "Tên hàng")
    path = send(browser, "product-imports", sheet(heading, ("Chè", "Thực phẩm", "x"))).location

    lacking = browser.post(f"{path}/columns", {"column_group": "1"})
    assert lacking.status_code == 422
    assert "Tệp này thiếu cột: Tên hàng." in lacking.get_data(as_text=True)
    browser.post(f"{path}/columns", {"column_group": "1", "column_name": "0"})
    run_jobs()
    browser.post(f"{path}/write")
    run_jobs()

    with reading() as session:
        assert session.scalars(select(ProductText.name)).all() == ["Chè"]


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (BytesIO(b""), 422, "Không đọc được tệp này"),
        (BytesIO(b"a,b\n1,2\n"), 422, "Không đọc được tệp này"),
        (BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), 422, "có mật khẩu"),
        (BytesIO(b"x" * 11_000), 413, "quá lớn"),
    ],
)
def test_a_file_that_is_not_taken_is_answered_beside_its_field(
    browser: SignedIn,
    monkeypatch: pytest.MonkeyPatch,
    content: BytesIO,
    status: int,
    words: str,
) -> None:
    monkeypatch.setattr(table_reading, "MOST_BYTES", 10_000)  # The client keeps no larger body.
    answer = send(browser, "product-imports", content)

    assert answer.status_code == status
    assert words in answer.get_data(as_text=True)
    assert count(ImportRun) == 0


def goods(browser: SignedIn) -> None:
    """Dao phay, on sale."""
    with transaction(by=COMMAND) as work:
        product = make_product(work, name="Dao phay", enterprise=None)
        work.session.execute(
            update(Product)
            .where(Product.id == product.id)
            .values(enterprise_id=_enterprise_id(work, browser))
        )
        pack = make_pack(work, product=product)
        pack.enterprise_id = _enterprise_id(work, browser)


def _enterprise_id(work: Any, browser: SignedIn) -> int:
    from accounts.models import Enterprise  # noqa: PLC0415  # Only here.

    found = work.session.scalars(
        select(Enterprise.id).where(Enterprise.public_id == browser.for_enterprise)
    ).one()
    return int(found)


def test_lots_come_by_file_and_go_again(browser: SignedIn) -> None:
    goods(browser)
    lots = sheet(
        LOTS,
        ("DAO PHAY", "26-11A", "1/11/26", "", "1.000"),
        ("Dao phay", "26-11B", "2026-11-02", "2/11/2027", "50"),
        ("Rìu", "26-11C", "2/11/2026", "", "5"),
        ("Dao phay", "26-11D", "2/11/2099", "", "5"),
    )

    path = written(browser, "lot-imports", lots, how="valid")

    page = text(browser, path)
    assert "Không thấy đúng một món hàng đang bán mang tên này." in page
    assert "Ngày này chưa tới." in page
    with reading() as session:
        found = session.execute(select(Lot.code, Lot.declared_units).order_by(Lot.id)).all()
    assert [tuple(row) for row in found] == [("26-11A", 1_000), ("26-11B", 50)]
    more = written(
        browser, "lot-imports", sheet(LOTS, ("Dao phay", "26-11A", "1/11/26", "", "900"))
    )
    browser.post(f"{more}/undo")
    run_jobs()
    with reading() as session:
        assert session.scalar(select(Lot.declared_units).where(Lot.code == "26-11A")) == 1_000
    browser.post(f"{path}/undo")
    run_jobs()
    # The first was changed and put back since: it is not as that import left it.
    with reading() as session:
        assert session.scalars(select(Lot.code)).all() == ["26-11A"]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_is_exported_changes_nothing_when_it_comes_back(browser: SignedIn, kind: str) -> None:
    formula = ("=1+1", "Thực phẩm", "@gói 200 g", "85k", "8938505974194")
    written(browser, "product-imports", sheet(HEADING, TEA, KNIFE, formula))

    answer = browser.get(f"/manage/products/export?format={kind}")
    path = checked(browser, "product-imports", BytesIO(answer.data))

    assert f"goc-products.{kind}" in answer.headers["Content-Disposition"]
    assert "Không có gì mới để ghi" in text(browser, path)
    assert (count(Product), count(Offer)) == (3, 2)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_long_sheet_is_made_by_the_worker_and_fetched_by_those_who_may(
    browser: SignedIn, other: Callable[[], SignedIn], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(browser, "product-imports", sheet(HEADING, TEA, KNIFE))
    monkeypatch.setattr(manage_exports, "LARGE", 1)

    asked = text(browser, f"/manage/products/export?format={kind}")
    job = browser.post("/manage/products/exports", {"format": kind}).location
    early = browser.get(f"/manage/products/exports/{job.rpartition('/')[2]}")
    run_jobs()

    assert "Có 2 dòng, nên Gốc cần ít phút để làm tệp." in asked
    assert f'name="format" value="{kind}"' in asked
    assert early.location == "/manage/import"
    fetched_at = f"/manage/products/exports/{job.rpartition('/')[2]}"
    assert f'href="{fetched_at}"' in text(browser, job)
    with browser.get(fetched_at) as answer:  # The file is closed with it.
        assert answer.headers["Content-Disposition"].endswith(f"goc-products.{kind}")
        content = BytesIO(answer.data)
    path = checked(browser, "product-imports", content)
    assert "Không có gì mới để ghi" in text(browser, path)
    assert browser.get(fetched_at.replace("products", "members")).location == "/manage/import"
    assert other().get(fetched_at).status_code == 404


def test_a_sheet_of_as_many_lines_as_may_be_is_the_answer_at_once(
    browser: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(browser, "product-imports", sheet(HEADING, TEA, KNIFE))
    monkeypatch.setattr(manage_exports, "LARGE", 2)

    answer = browser.get("/manage/products/export?format=csv")

    assert answer.mimetype == "text/csv"
    assert len(answer.data.splitlines()) == 3


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_our_own_template_imports(browser: SignedIn, kind: str) -> None:
    answer = browser.get(f"/manage/products/template?format={kind}")

    written(browser, "product-imports", BytesIO(answer.data))

    assert count(Product) == 2
    assert count(Offer) == 3


def test_another_enterprise_s_import_is_not_there(
    browser: SignedIn, app: Flask, other: Callable[[], SignedIn]
) -> None:
    path = checked(browser, "product-imports", sheet(HEADING, TEA))

    assert other().get(path).status_code == 404
    assert other().post(f"{path}/write").status_code == 404
    assert browser.get(path.replace("product-", "lot-")).status_code == 404


def test_looking_at_a_page_of_lines_takes_few_statements(
    browser: SignedIn, statements: Callable[[], list[str]]
) -> None:
    rows = [(f"Chè {at}", "Thực phẩm", "", "", "") for at in range(120)]
    path = checked(browser, "product-imports", sheet(HEADING, *rows))
    statements().clear()

    assert browser.get(f"{path}?page=2").status_code == 200

    assert len(statements()) <= 12
