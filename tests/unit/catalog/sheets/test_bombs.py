"""Files made to hurt: refused with their sentence, in little time and memory."""

import time
import tracemalloc
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from catalog.errors import SheetActive, SheetLocked, SheetRefused, SheetTooLarge, UnreadableSheet
from catalog.sheets import read_table
from catalog.sheets.xlsx import SHEET_BYTES
from tests.unit.catalog.sheets.books import book, changed, sheet_xml

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MOST_SECONDS = 20  # Of the processor, memory being counted all the while: 3 s without.
MOST_MEMORY = 120 * 1024 * 1024


def read(stream: BytesIO) -> None:
    for _ in read_table(stream, known=len).lines:
        pass


def rels(entry: str) -> bytes:
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{package}">{entry}</Relationships>'.encode()


def with_strings(xml: bytes) -> BytesIO:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    pointers = "".join(
        f'<Relationship Id="{id_}" Type="{office}/{kind}" Target="{target}"/>'
        for id_, kind, target in (
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
        )
    )
    return changed({"xl/_rels/workbook.xml.rels": rels(pointers), "xl/sharedStrings.xml": xml})


ENDLESS = "9" * 5_000
ROWS = b"<row><c><v>1</v></c></row>"
BOMBS = {
    "a million rows": lambda: changed({SHEET: sheet_xml((ROWS * 1_000_000).decode())}),
    "a sheet of zeros": lambda: changed({SHEET: b" " * (SHEET_BYTES + 1)}),
    "huge shared texts": lambda: with_strings(b"<sst>" + b"<si><t>a</t></si>" * 1_200_000),
    "nested entities": lambda: changed(
        {SHEET: b'<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'}
    ),
    "an outside entity": lambda: changed(
        {SHEET: b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}
    ),
    "tags in tags": lambda: changed({SHEET: b"<a>" * 5_000_000}),
    "one endless tag": lambda: changed({SHEET: b'<a b="' + b"x" * 30_000_000}),
    "a directory of 100,000 parts": lambda: changed({f"xl/{at}": b"" for at in range(20_000)}),
    "a text of an endless number": lambda: changed(
        {SHEET: sheet_xml(f'<row><c t="s"><v>{ENDLESS}</v></c></row>')}
    ),
    "a password": lambda: BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 5_000),
    "macros": lambda: changed({"xl/vbaProject.bin": b"code"}),
    "old macros": lambda: changed({"xl/macrosheets/sheet1.xml": b"<a/>"}),
    "another workbook": lambda: changed({"xl/externalLinks/externalLink1.xml": b"<a/>"}),
    "a zip inside": lambda: changed({"xl/inside.zip": book().getvalue()}),
    "a file inside": lambda: changed({"xl/embeddings/a": b"MZ"}),
    "a pointer outside": lambda: changed(
        {
            "xl/_rels/workbook.xml.rels": rels(
                '<Relationship Id="rId1" Type="a/worksheet" TargetMode="External" '
                'Target="http://example.org/a.xml"/>'
            )
        }
    ),
    "a compression without bound": lambda: changed({}, compression=ZIP_BZIP2),
    "11 MB of commas": lambda: BytesIO(b"a,b\n" + b"," * 11_000_000),
    "a million lines": lambda: BytesIO(b"a,b\n" + b"1,2\n" * 1_000_000),
}
REFUSALS = {
    "a million rows": SheetTooLarge,
    "a sheet of zeros": SheetTooLarge,
    "huge shared texts": SheetTooLarge,
    "a directory of 100,000 parts": SheetTooLarge,
    "a password": SheetLocked,
    "macros": SheetActive,
    "old macros": SheetActive,
    "another workbook": SheetActive,
    "a zip inside": SheetActive,
    "a file inside": SheetActive,
    "a pointer outside": SheetActive,
    "11 MB of commas": SheetTooLarge,
    "a million lines": SheetTooLarge,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_with_its_sentence(name: str) -> None:
    stream = BOMBS[name]()
    began = time.process_time()
    tracemalloc.start()
    try:
        with pytest.raises(SheetRefused) as refused:
            read(stream)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert type(refused.value) is REFUSALS.get(name, UnreadableSheet)
    assert time.process_time() - began < MOST_SECONDS
    assert peak < MOST_MEMORY


def test_a_part_that_lies_about_its_size_gives_no_more() -> None:
    honest = changed({SHEET: sheet_xml("<row><c><v>1</v></c></row>" * 100_000)}).getvalue()
    with ZipFile(BytesIO(honest)) as archive:
        size = archive.getinfo(SHEET).file_size
    lying = honest.replace(size.to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert lying != honest

    with pytest.raises(UnreadableSheet):
        read(BytesIO(lying))


def test_a_far_off_cell_costs_nothing() -> None:
    far = sheet_xml(
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c><c r="B1048576"><v>2</v></c></row>'
    )

    table = read_table(changed({SHEET: far}), known=len)

    assert table.heading == ("", "2")


def test_endless_numbers_of_rows_and_styles_are_no_others() -> None:
    row = f'<row r="{ENDLESS}"><c s="{ENDLESS}"><v>1</v></c></row>'
    row += '<row r="²"><c s="²"><v>2</v></c></row>'
    styles = (
        f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="{ENDLESS}"/></cellXfs></styleSheet>'
    )

    table = read_table(
        changed({SHEET: sheet_xml(row), "xl/styles.xml": styles.encode()}), known=len
    )

    assert table.heading == ("1",)
    assert [line.cells for line in table.lines] == [("2",)]


def test_styles_by_the_hundred_thousand_are_read_at_once() -> None:
    xf = b'<xf numFmtId="14"/>' * 100_000
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs>'.encode() + xf + b"</cellXfs></styleSheet>"
    began = time.process_time()

    read(changed({"xl/styles.xml": styles}))

    assert time.process_time() - began < MOST_SECONDS


def test_empty_rows_are_no_rows() -> None:
    rows = "".join(f'<row r="{at}"/>' for at in range(2, 200_000))
    table = read_table(changed({SHEET: sheet_xml(f"<row><c><v>1</v></c></row>{rows}")}), known=len)

    assert list(table.lines) == []


def test_an_ordinary_archive_is_no_workbook() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "hello")

    with pytest.raises(UnreadableSheet):
        read(stream)
