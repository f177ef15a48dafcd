"""Tables for Excel: right diacritics, whole numbers of bar codes, and nothing in them that runs."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

Cell = str | int | date | None
FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
# What spreadsheet programs take for a formula, or strip before looking (OWASP: CSV injection).
_RUNS = ("=", "+", "-", "@", "\t", "\r")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH = date(1899, 12, 30)
_LETTERS = 26
_HEADING, _DAY, _TEXT = 1, 2, 3  # Places in _STYLES.
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Gốc" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Arial"/></font>'
    '<font><b/><sz val="11"/><name val="Arial"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def write_table(
    stream: IO[bytes], heading: Sequence[str], rows: Iterable[Sequence[Cell]], *, kind: str
) -> None:
    """Write a table as `kind` (a key of FORMATS), row by row: memory does not grow with it."""
    if kind == "xlsx":
        _write_xlsx(stream, heading, rows)
    else:
        stream.writelines(csv_lines(heading, rows))


def csv_lines(heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The lines of a CSV file as Excel opens it by a double click: UTF-8 with its mark."""
    yield b"\xef\xbb\xbf"
    yield _csv_line(heading)
    for cells in rows:
        yield _csv_line([_csv_cell(cell) for cell in cells])


def _csv_line(cells: Sequence[str]) -> bytes:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()


def _csv_cell(cell: Cell) -> str:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if cell is None or isinstance(cell, int):
        return "" if cell is None else str(cell)
    return f"'{cell}" if cell.startswith(_RUNS) else cell


def _write_xlsx(stream: IO[bytes], heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, part in _PARTS.items():
            archive.writestr(name, _XML + part)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            start = f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
            pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
            widths = f'<cols><col min="1" max="{len(heading)}" width="18" customWidth="1"/></cols>'
            sheet.write(f"{start}{pane}</sheetView></sheetViews>{widths}<sheetData>".encode())
            sheet.write(_xlsx_row(1, heading, style=_HEADING))
            for number, cells in enumerate(rows, start=2):
                sheet.write(_xlsx_row(number, cells, style=_TEXT))
            sheet.write(b"</sheetData></worksheet>")


def _xlsx_row(number: int, cells: Sequence[Cell], *, style: int) -> bytes:
    drawn = "".join(
        _xlsx_cell(f"{_column(at)}{number}", cell, style)
        for at, cell in enumerate(cells)
        if cell is not None and cell != ""
    )
    return f'<row r="{number}">{drawn}</row>'.encode()


def _xlsx_cell(at: str, cell: Cell, style: int) -> str:
    if isinstance(cell, int):
        return f'<c r="{at}"><v>{cell}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{at}" s="{_DAY}"><v>{(cell - _EPOCH).days}</v></c>'
    # A text stays a text, whatever it begins with: only <f> is a formula.
    words = escape(_NO_XML.sub("", str(cell)))
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


def _column(at: int) -> str:
    letters = ""
    at += 1
    while at:
        at, left = divmod(at - 1, _LETTERS)
        letters = chr(ord("A") + left) + letters
    return letters
