"""A file somebody gave, as a heading and lines; which kind it is, its first bytes say."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise, zip_longest
from typing import IO

from catalog.errors import SheetLocked, SheetTooLarge, UnreadableSheet
from catalog.sheets.delimited import read_csv
from catalog.sheets.xlsx import read_xlsx

MOST_BYTES = 10 * 1024 * 1024
MOST_LINES = 50_000  # Beyond the country's 17,000 OCOP products; more is a mistake of the file.
LEAST_SPANNED = 3  # Filled cells that make a line the upper part of a heading.
TITLE_LINES = 10  # A heading may stand below a title, a date and the name of an office.
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # A locked workbook, or one of before 2007.


@dataclass(frozen=True)
class Line:
    """One line: its number as a spreadsheet shows it, and what its cells say."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int | None) -> str:
        """What stands in a column; nothing where the line or the choice ends before."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True)
class Table:
    """A heading and the lines below it, which can be read once."""

    heading: tuple[str, ...]
    lines: Iterator[Line]


def read_table(stream: IO[bytes], *, known: Callable[[Sequence[str]], int]) -> Table:
    """Read a file; its heading is what of its first lines `known` knows most columns of.

    That may be two lines of an office's table, where one cell spans others: "Kết quả OCOP" over
    "Số sao" and "Năm".

    Raises:
        UnreadableSheet: no table can be read; SheetLocked, SheetActive, SheetTooLarge: why.
    """
    lines = _lines(stream)
    first = list(islice(lines, TITLE_LINES))
    if not first:
        raise UnreadableSheet("an empty file")
    heading, end = max(_headings(first), key=lambda one: known(one[0]))  # The first of the best.
    return Table(heading, chain(first[end:], lines))


def _headings(first: Sequence[Line]) -> Iterator[tuple[tuple[str, ...], int]]:
    """What may be the heading, and where the lines below it begin: one line, or two joined."""
    for at, line in enumerate(first):
        yield line.cells, at + 1
    for at, (upper, under) in enumerate(pairwise(first)):
        named = [place for place, words in enumerate(upper.cells) if words]
        # A title fills fewer cells; a line of goods says something in its first column.
        if len(named) >= LEAST_SPANNED and not under.cell(named[0]):
            both = zip_longest(upper.cells, under.cells, fillvalue="")
            yield tuple(below or above for above, below in both), at + 2


def _lines(stream: IO[bytes]) -> Iterator[Line]:
    if stream.seek(0, 2) > MOST_BYTES:
        raise SheetTooLarge("a file too large")
    stream.seek(0)
    start = stream.read(len(_OLD_OFFICE))
    stream.seek(0)
    if start == _OLD_OFFICE:
        raise SheetLocked("an OLE file")
    rows = read_xlsx(stream) if start.startswith(_ZIP) else read_csv(stream.read())
    for count, (number, cells) in enumerate(rows):
        if count > MOST_LINES:
            raise SheetTooLarge(f"more than {MOST_LINES} lines")
        yield Line(number, tuple(_clean(cell) for cell in cells))


def _clean(cell: str) -> str:
    if cell.isascii():
        return cell.replace("\x00", "")
    return unicodedata.normalize("NFC", cell.replace("\u00a0", " ").replace("\ufeff", "")).strip()
