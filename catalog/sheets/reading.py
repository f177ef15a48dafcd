"""A file somebody gave, as a heading and lines; which kind it is, its first bytes say."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO

from catalog.errors import SheetLocked, SheetTooLarge, UnreadableSheet
from catalog.sheets.delimited import read_csv
from catalog.sheets.xlsx import read_xlsx

MOST_BYTES = 10 * 1024 * 1024
MOST_LINES = 50_000  # Beyond the country's 17,000 OCOP products; more is a mistake of the file.
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
    """Read a file; its heading is the line of the first ones of which `known` knows most columns.

    Raises:
        UnreadableSheet: no table can be read; SheetLocked, SheetActive, SheetTooLarge: why.
    """
    lines = _lines(stream)
    first = list(islice(lines, TITLE_LINES))
    if not first:
        raise UnreadableSheet("an empty file")
    at = max(range(len(first)), key=lambda place: (known(first[place].cells), -place))
    return Table(first[at].cells, chain(first[at + 1 :], lines))


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
