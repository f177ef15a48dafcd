"""The first sheet of an XLSX file, line by line, within bounds whatever the file holds.

Our own and small, for the reasons measured in docs/adr/0007-spreadsheets.md: what reads a whole
workbook can be made to take gigabytes by a file of some kilobytes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO

from catalog.errors import UnreadableSheet
from catalog.sheets.cells import (
    LONGEST_CELL,
    MOST_NUMBER,
    Strings,
    Styles,
    column_of,
    day_text,
    number_text,
)
from catalog.sheets.package import Package, open_package
from catalog.sheets.xml import Reader, read_part
from core.text.numbers import bounded

MOST_COLUMNS = 100  # What stands further right is not read.
SHEET_BYTES = 64 * 1024 * 1024  # Unpacked. 50,000 lines of twelve cells have 40 MB.
STRINGS_BYTES = 16 * 1024 * 1024
STYLES_BYTES = 4 * 1024 * 1024


@dataclass
class _Sheet:
    """The rows read so far and not yet taken."""

    strings: list[str]
    dates: list[bool]
    from_1904: bool
    ready: list[tuple[int, list[str]]] = field(default_factory=list)
    _row: int = 0
    _cells: dict[int, str] = field(default_factory=dict)
    _column: int = -1
    _kind: str = ""
    _style: str = ""
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _reads: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            found = column_of(attributes.get("r", ""))
            self._column = self._column + 1 if found is None else found
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._parts, self._length = [], 0
        elif name == "row":
            said = bounded(attributes.get("r", ""), most=MOST_NUMBER)
            self._row = self._row + 1 if said is None else said
            self._cells, self._column = {}, -1
        self._reads = name in {"v", "t"}

    def end(self, name: str) -> None:
        self._reads = False
        if name == "c" and self._parts and 0 <= self._column < MOST_COLUMNS:
            text = self._shown("".join(self._parts)).strip()
            if text:
                self._cells[self._column] = text
        elif name == "row" and self._cells:
            width = max(self._cells) + 1
            self.ready.append((self._row, [self._cells.get(at, "") for at in range(width)]))

    def text(self, text: str) -> None:
        if self._reads and self._length <= LONGEST_CELL:
            self._parts.append(text[: LONGEST_CELL + 1])
            self._length += len(text)

    def _shown(self, text: str) -> str:
        if self._kind == "s":
            place = bounded(text, most=MOST_NUMBER)
            if place is None or place >= len(self.strings):
                raise UnreadableSheet("a cell names no text")
            return self.strings[place]
        if self._kind in {"str", "inlineStr"}:
            return text
        if self._kind in {"e", "b"}:
            return ""  # An error, or a tick: neither says anything here.
        if self._kind == "d":
            return text[:10]
        return day_text(text, from_1904=self.from_1904) if self._is_day() else number_text(text)

    def _is_day(self) -> bool:
        style = bounded(self._style, most=MOST_NUMBER)
        return style is not None and style < len(self.dates) and self.dates[style]


def read_xlsx(stream: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    """Give (number of the line, texts of its cells) of each line that says something.

    Raises:
        UnreadableSheet, SheetLocked, SheetActive, SheetTooLarge: why not.
    """
    package = open_package(stream)
    strings, styles = Strings(), Styles()
    _read(package, package.strings, strings, most_bytes=STRINGS_BYTES)
    _read(package, package.styles, styles, most_bytes=STYLES_BYTES)
    sheet = _Sheet(strings.texts, styles.dates, package.counts_from_1904)
    for _ in read_part(package.archive, package.sheet, sheet, most_bytes=SHEET_BYTES):
        yield from sheet.ready
        sheet.ready.clear()
    yield from sheet.ready


def _read(package: Package, name: str | None, reader: Reader, *, most_bytes: int) -> None:
    if name is not None and name in package.archive.namelist():
        for _ in read_part(package.archive, name, reader, most_bytes=most_bytes):
            pass
