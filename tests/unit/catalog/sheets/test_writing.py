from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from catalog.sheets import read_table, write_table

HEADING = ("Tên hàng", "Giá", "Ngày")
RUNS = ("=1+1", "+84912345678", "-5", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://a","b")')


def written(kind: str, *rows: tuple[str | int | date | None, ...]) -> bytes:
    stream = BytesIO()
    write_table(stream, HEADING, rows, kind=kind)
    return stream.getvalue()


def test_a_workbook_opens_elsewhere_with_texts_numbers_and_days() -> None:
    content = written("xlsx", ("Mắm “Cái Rồng” <1>", 120_000, date(2026, 11, 12)), ("", None, None))

    sheet: Any = openpyxl.load_workbook(BytesIO(content)).active
    assert [cell.value for cell in sheet[1]] == list(HEADING)
    name, price, day = sheet[2]
    assert (name.value, price.value) == ("Mắm “Cái Rồng” <1>", 120_000)
    assert day.is_date
    assert day.value.date() == date(2026, 11, 12)


@pytest.mark.parametrize("text", RUNS)
def test_nothing_in_a_workbook_runs(text: str) -> None:
    sheet: Any = openpyxl.load_workbook(BytesIO(written("xlsx", (text, 1, None)))).active

    assert sheet["A2"].data_type == "s"


@pytest.mark.parametrize("text", RUNS)
def test_nothing_in_a_csv_runs_and_what_it_says_comes_back(text: str) -> None:
    content = written("csv", (text, 1, None))

    line = content.decode("utf-8-sig").split("\r\n", 1)[1]
    assert line.lstrip('"').startswith("'")
    read = next(read_table(BytesIO(content), known=len).lines)
    assert read.cells[0] == text.strip()


def test_a_csv_opens_in_excel_with_its_diacritics() -> None:
    content = written("csv", ("Chè búp", 120_000, date(2026, 11, 12)))

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == "Tên hàng,Giá,Ngày\r\nChè búp,120000,12/11/2026\r\n"


def test_characters_no_workbook_may_hold_are_left_out() -> None:
    content = written("xlsx", ("a\x00b\x0bc", None, None))

    assert next(read_table(BytesIO(content), known=len).lines).cells == ("abc",)
