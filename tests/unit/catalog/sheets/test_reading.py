from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from catalog.errors import UnreadableSheet
from catalog.sheets import Line, read_table
from catalog.sheets.columns import guess
from catalog.sheets.products import PRODUCT_COLUMNS
from tests.unit.catalog.sheets.books import book, changed, sheet_xml

TEXT = "Tên hàng,Giá\nChè búp,120k\n"
ROWS = [("Tên hàng", "Giá"), ("Chè búp", "120k")]


def rows(content: bytes) -> list[tuple[str, ...]]:
    table = read_table(BytesIO(content), known=len)
    return [table.heading, *(line.cells for line in table.lines)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_of_unicode_is_read(encoding: str) -> None:
    assert rows(TEXT.encode(encoding)) == ROWS


def test_windows_s_vietnamese_is_read_and_composed() -> None:
    # Windows-1258 writes tones as marks of their own: "ên" is one letter, "à" an a and a grave.
    content = "Tên hàng,Giá\nMắm tôm,45k\n".replace("à", "a\u0300").replace("á", "a\u0301")
    content = content.replace("ắ", "ă\u0301")

    assert rows(content.encode("cp1258")) == [("Tên hàng", "Giá"), ("Mắm tôm", "45k")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_three_separators_are_told_apart_by_the_first_line(separator: str) -> None:
    assert rows(TEXT.replace(",", separator).encode()) == ROWS


def test_excel_s_own_line_names_the_separator_and_is_no_heading() -> None:
    table = read_table(BytesIO(b"sep=;\r\nA;B\r\n1;2\r\n"), known=len)

    assert (table.heading, list(table.lines)) == (("A", "B"), [Line(3, ("1", "2"))])


def test_quoted_cells_keep_their_separators_and_lines() -> None:
    content = 'A,B\n"một, hai","dòng 1\ndòng 2"\n'

    assert rows(content.encode())[1] == ("một, hai", "dòng 1\ndòng 2")


def test_a_heading_below_a_title_is_found() -> None:
    content = "DANH SÁCH HÀNG,,\nNăm 2026,,\nTên,Nhóm,Giá\nChè,x,1\n"
    table = read_table(BytesIO(content.encode()), known=lambda cells: "Tên" in cells)

    assert table.heading == ("Tên", "Nhóm", "Giá")
    assert [line.number for line in table.lines] == [4]


def test_a_heading_of_two_lines_with_spanned_cells_is_one() -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for line in (
        ["DANH SÁCH SẢN PHẨM OCOP NĂM 2026"],
        ["TT", "Tên hàng hoá", "Phân nhóm", "Đơn giá", "Kết quả OCOP", None, None],
        [None, None, None, None, "Số sao", "Năm", "Quyết định"],
        [1, "Chè búp", "thực phẩm", "120k", 4, 2025, "12/QĐ-UBND"],
        [None, "Chè nụ", "thực phẩm", "90k", None, None, None],
    ):
        sheet.append(line)
    for spanned in ("A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:G2"):
        sheet.merge_cells(spanned)
    stream = BytesIO()
    book.save(stream)

    table = read_table(stream, known=lambda cells: len(guess(cells, PRODUCT_COLUMNS)))

    assert table.heading == (
        *("TT", "Tên hàng hoá", "Phân nhóm", "Đơn giá"),
        *("Số sao", "Năm", "Quyết định"),
    )
    assert [line.cells[1] for line in table.lines] == ["Chè búp", "Chè nụ"]


def test_a_first_line_without_its_number_is_no_heading() -> None:
    content = "STT;Tên hàng;Nhóm;Giá\n;Chè búp 4 sao năm 2025;thực phẩm;120k\n"
    table = read_table(
        BytesIO(content.encode()), known=lambda cells: len(guess(cells, PRODUCT_COLUMNS))
    )

    assert table.heading == ("STT", "Tên hàng", "Nhóm", "Giá")
    assert [line.number for line in table.lines] == [2]


def test_an_apostrophe_of_our_own_goes_again_and_another_stays() -> None:
    assert rows(b"A,B\n'=1+1,'ng\n")[1] == ("=1+1", "'ng")


@pytest.mark.parametrize("content", [b"", b"\n\n", b'"a', b"PK\x03\x04ab"])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableSheet):
        rows(content)


def test_a_workbook_of_another_program_is_read_as_it_shows() -> None:
    other = openpyxl.Workbook()
    sheet: Any = other.active
    sheet.append(["Tên", "Giá", "Cân", "Ngày", "Mã", "Đúng", "Công thức"])
    sheet.append(
        ["Chè  búp", 85000.0, 1.5, date(2026, 11, 12), 8938505974194, True, "=1+1"],
    )
    sheet["D3"] = datetime.combine(date(2026, 11, 13), time(8, 30))
    sheet["D3"].number_format = "d/m/yy h:mm"
    sheet["B3"] = 1200
    sheet["B3"].number_format = '#,##0 "đ"'
    stream = BytesIO()
    other.save(stream)

    assert rows(stream.getvalue()) == [
        ("Tên", "Giá", "Cân", "Ngày", "Mã", "Đúng", "Công thức"),
        ("Chè  búp", "85000", "1,5", "2026-11-12", "8938505974194"),
        ("", "1200", "", "2026-11-13"),
    ]


def test_the_first_sheet_that_is_shown_is_read() -> None:
    other = openpyxl.Workbook()
    hidden: Any = other.active
    hidden.append(["ẩn"])
    hidden.sheet_state = "hidden"
    shown = other.create_sheet("Hàng")
    shown.append(["hiện"])
    stream = BytesIO()
    other.save(stream)

    assert rows(stream.getvalue()) == [("hiện",)]


def test_a_formula_gives_what_it_gave_and_an_error_nothing() -> None:
    xml = sheet_xml(
        '<row><c t="str"><f>A1</f><v>đã tính</v></c><c t="e"><v>#N/A</v></c><c><v>7</v></c></row>'
    )

    assert rows(changed({"xl/worksheets/sheet1.xml": xml}).getvalue()) == [("đã tính", "", "7")]


def test_days_counted_from_1904_are_the_same_days() -> None:
    other = openpyxl.Workbook()
    other.epoch = CALENDAR_MAC_1904
    sheet: Any = other.active
    sheet.append([date(2026, 11, 12)])
    stream = BytesIO()
    other.save(stream)

    assert rows(stream.getvalue()) == [("2026-11-12",)]


def test_what_we_write_we_read() -> None:
    assert rows(book(ROWS).getvalue()) == ROWS
