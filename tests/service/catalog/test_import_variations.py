"""Real products, as lists of other hands write them: the same goods whatever the columns say."""

import csv
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO, StringIO

import pytest

from app.demo.load import OCOP_PRODUCTS
from catalog.service import ProductRow, import_products, read_sheet
from catalog.sheets import write_table
from core.work import Work

Rows = list[dict[str, str]]
HEADINGS = {
    "product_name": "TÊN SẢN PHẨM (*)",
    "producer": "Chủ thể OCOP",
    "producer_type": "Loại hình chủ thể",
    "commune": "Xã/Phường",
    "district": "Huyện",
    "province": "Tỉnh/TP (cũ)",
    "province_2025": "Tỉnh mới",
    "stars": "Hạng sao",
    "group": "Nhóm sản phẩm",
    "recognised_year": "Năm công nhận",
    "decision": "Số quyết định",
    "status": "Trạng thái",
    "source": "Nguồn tin",
}
GROUPS = {
    "thuc_pham": "Thực phẩm",
    "do_uong": "ĐỒ UỐNG",
    "duoc_lieu": "Dược liệu",
    "thu_cong_my_nghe": "Thủ công, mỹ nghệ",
    "sinh_vat_canh": "sinh vật cảnh",
    "du_lich": "Du lịch",
}
KINDS = {"doanh_nghiep": "Doanh nghiệp", "htx": "Hợp tác xã", "tht": "THT", "": ""}


def real() -> Rows:
    with OCOP_PRODUCTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))[:450]


def as_csv(rows: Rows, *, separator: str = ",", encoding: str = "utf-8") -> BytesIO:
    text = StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return BytesIO(text.getvalue().encode(encoding))


def as_xlsx(rows: Rows) -> BytesIO:
    stream = BytesIO()
    write_table(stream, list(rows[0]), [list(row.values()) for row in rows], kind="xlsx")
    return stream


def renamed(rows: Rows) -> Rows:
    return [{HEADINGS[name]: text for name, text in row.items()} for row in rows]


def reordered(rows: Rows) -> Rows:
    return [dict(reversed(row.items())) for row in rows]


def with_more(rows: Rows) -> Rows:
    return [{"STT": str(at), **row, "Ghi chú": "x"} for at, row in enumerate(rows, 1)]


def in_words(rows: Rows) -> Rows:
    return [
        row
        | {
            "group": GROUPS[row["group"]],
            "producer_type": KINDS.get(row["producer_type"], row["producer_type"]),
            "stars": f"{row['stars']} sao" if row["stars"] else "",
            "province": f"Tỉnh {row['province']}",
        }
        for row in rows
    ]


def decomposed(rows: Rows) -> Rows:
    return [
        {name: unicodedata.normalize("NFD", text) for name, text in row.items()} for row in rows
    ]


def without_the_present_province(rows: Rows) -> Rows:
    return [{name: text for name, text in row.items() if name != "province_2025"} for row in rows]


def spaced(rows: Rows) -> Rows:
    return [
        {name: "  " + text.replace(" ", "\u00a0") + " " for name, text in row.items()}
        for row in rows
    ]


VARIATIONS: dict[str, Callable[[Rows], BytesIO]] = {
    "as it is": as_csv,
    "columns renamed": lambda rows: as_csv(renamed(rows), separator=";"),
    "columns reordered": lambda rows: as_csv(reordered(rows), separator="\t", encoding="utf-16"),
    "more columns": lambda rows: as_csv(with_more(rows), encoding="utf-8-sig"),
    "words for codes": lambda rows: as_csv(in_words(rows)),
    "decomposed letters": lambda rows: as_csv(decomposed(rows)),
    "without the present province": lambda rows: as_csv(without_the_present_province(rows)),
    "spaces that do not break": lambda rows: as_csv(spaced(rows)),
    "a workbook": lambda rows: as_xlsx(renamed(in_words(reordered(rows)))),
}


def plain(row: ProductRow) -> ProductRow:
    """A row without what a variation may say otherwise: where a list was published."""
    assert not isinstance(row.producer, int)
    return replace(row, producer=replace(row.producer, former_province=None))


@pytest.fixture(scope="module")
def wanted() -> Sequence[ProductRow]:
    return [plain(row) for row in read_sheet(as_csv(real())).rows]


@pytest.mark.parametrize("variation", VARIATIONS)
def test_450_real_products_are_the_same_however_their_list_is_written(
    variation: str, wanted: Sequence[ProductRow]
) -> None:
    sheet = read_sheet(VARIATIONS[variation](real()))

    assert sheet.refusals == []
    assert len(sheet.rows) == 450
    assert [plain(row) for row in sheet.rows] == wanted


def test_a_list_of_least_columns_in_capitals_imports_and_again_changes_nothing(work: Work) -> None:
    rows = [
        {
            "Tên sản phẩm": row["product_name"].upper(),
            "Chủ thể": row["producer"].upper(),
            "Tỉnh": row["province"].upper(),
            "Nhóm": GROUPS[row["group"]].upper(),
            "Sao": row["stars"],
        }
        for row in real()
    ]

    first = import_products(work, read_sheet(as_csv(rows)).rows)
    again = import_products(work, read_sheet(as_xlsx(rows)).rows)

    assert (first.created, first.updated, dict(first.refused)) == (450, 0, {})
    assert (again.created, again.updated, again.unchanged, dict(again.refused)) == (0, 0, 450, {})
