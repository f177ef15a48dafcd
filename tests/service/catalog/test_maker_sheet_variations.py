"""450 real goods as their makers list them: how much is in a pack stands among its words."""

import csv
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO, StringIO

import pytest
from openpyxl import Workbook

from app.demo.load import OCOP_PRODUCTS
from catalog.service import Owner, import_products, read_sheet
from catalog.service.import_words import words_of_refusal
from core.text.fold import fold
from core.work import Work
from tests.makers import make_enterprise

OWNER = Owner(7, "0123456789", "Hợp tác xã Đồng Tâm")
GOODS = 450
GROUPS = {
    "thuc_pham": "Thực phẩm",
    "do_uong": "Đồ uống",
    "duoc_lieu": "Dược liệu",
    "thu_cong_my_nghe": "Thủ công mỹ nghệ",
    "sinh_vat_canh": "Sinh vật cảnh",
    "du_lich": "Du lịch",
}
PACKS = (
    ("500g", (500, "g")),
    ("hộp 12 chiếc", (12, "piece")),
    ("chai 0,5 lít", (500, "ml")),
    ("túi 1kg", (1_000, "g")),
    ("gói 200 gr", (200, "g")),
    ("hộp 10 gói x 20g", None),  # Ten pieces or 200 g: asked about.
)
COUNTED = ("hộp 12 chiếc", (12, "piece"))
Goods = Sequence[tuple[str, str, str, str]]  # Name, group, words of the pack, price.
Rows = list[list[str]]


def named() -> Iterator[tuple[str, str]]:
    """Real goods whose names differ, with their groups' codes."""
    with OCOP_PRODUCTS.open(encoding="utf-8", newline="") as file:
        names = {fold(row["product_name"]): row for row in csv.DictReader(file)}
    for row in list(names.values())[:GOODS]:
        yield row["product_name"], row["group"]


def real() -> tuple[Goods, list[tuple[int, str] | None]]:
    """The goods with a pack each, and what is in it; None where nobody can tell."""
    goods, contents = [], []
    for at, (name, group) in enumerate(named()):
        words, content = COUNTED if group == "du_lich" else PACKS[at % len(PACKS)]
        goods.append((name, group, words, f"{85 + at}.000"))
        contents.append(content)
    return goods, contents


def table(goods: Goods, heading: str) -> Rows:
    return [
        heading.split("|"),
        *([name, GROUPS[group], words, price] for name, group, words, price in goods),
    ]


def as_csv(rows: Rows, *, separator: str = ",", encoding: str = "utf-8") -> BytesIO:
    text = StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return BytesIO(text.getvalue().encode(encoding))


def with_semicolons(goods: Goods) -> BytesIO:
    return as_csv(table(goods, "Tên sản phẩm|Loại|Quy cách|Giá bán"), separator=";")


def in_utf_16(goods: Goods) -> BytesIO:
    rows = table(goods, "TÊN HÀNG HÓA|NGÀNH HÀNG|QUY CÁCH ĐÓNG GÓI|ĐƠN GIÁ (VNĐ)")
    return as_csv(rows, separator="\t", encoding="utf-16")


def below_merged_titles(goods: Goods) -> BytesIO:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["HỢP TÁC XÃ ĐỒNG TÂM"])
    sheet.append(["BẢNG KÊ SẢN PHẨM NĂM 2026"])
    sheet.append(["Sản phẩm", "", "Bán lẻ"])
    for cells in ("A1:D1", "A2:D2", "A3:B3", "C3:D3"):
        sheet.merge_cells(cells)
    for row in table(goods, "Mặt hàng|Phân nhóm|ĐVT|Giá lẻ"):
        sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream


def without_marks(goods: Goods) -> BytesIO:
    rows = table(goods, "Tên sản phẩm|Phân loại|Qui cách|Giá")
    return as_csv([[fold(text).upper() for text in row] for row in rows])


def with_strange_columns(goods: Goods) -> BytesIO:
    heading, *rows = table(goods, "Tên mặt hàng|Nhóm sản phẩm|Đóng gói|Giá niêm yết")
    more = [["Ghi chú", *reversed(heading), "Người liên hệ", "Stt"]]
    more += [["gọi trước", *reversed(row), "chị Lan", str(at)] for at, row in enumerate(rows, 1)]
    return as_csv(more, encoding="utf-8-sig")


def with_numbered_groups(goods: Goods) -> BytesIO:
    heading, *rows = table(goods, "TÊN SP|Loại sản phẩm|Khối lượng/Dung tích|Giá tiền")
    numbered = [[name, f"I. Nhóm {group}", *rest] for name, group, *rest in rows]
    return as_csv([heading, *numbered], separator=";")


VARIATIONS: dict[str, Callable[[Goods], BytesIO]] = {
    "CSV with semicolons": with_semicolons,
    "CSV in UTF-16": in_utf_16,
    "a workbook with merged titles above": below_merged_titles,
    "capitals without marks": without_marks,
    "columns nobody knows, turned round": with_strange_columns,
    "groups with numbers": with_numbered_groups,
}


@pytest.mark.parametrize("variation", VARIATIONS)
def test_450_goods_are_read_out_of_the_words_of_their_packs(variation: str) -> None:
    goods, contents = real()

    sheet = read_sheet(VARIATIONS[variation](goods), owner=OWNER)

    assert len(goods) == GOODS
    unclear = contents.count(None)
    assert (len(sheet.rows), len(sheet.refusals)) == (GOODS - unclear, unclear)
    read = [(pack.content, pack.base_unit) for row in sheet.rows for pack in row.packs]
    assert read == [content for content in contents if content is not None]
    assert [row.group for row in sheet.rows] == [
        group
        for (_, group, _, _), content in zip(goods, contents, strict=True)
        if content is not None
    ]
    assert {each.reason for each in sheet.refusals} == {"content_several"}
    for refusal in sheet.refusals:
        words, values = words_of_refusal(refusal)
        assert (words % values).endswith("một số thôi, như hộp 200 g.")


def test_what_is_read_is_written_and_the_same_goods_again_change_nothing(work: Work) -> None:
    maker = make_enterprise(work, name=OWNER.name)
    owner = Owner(maker.id, maker.public_id, maker.name)
    goods, contents = real()
    clear = len(goods) - contents.count(None)

    first = import_products(work, read_sheet(with_semicolons(goods), owner=owner).rows)
    again = import_products(work, read_sheet(in_utf_16(goods), owner=owner).rows)

    assert (first.created, first.updated, dict(first.refused)) == (clear, 0, {})
    assert (again.created, again.updated, again.unchanged) == (0, 0, clear)
