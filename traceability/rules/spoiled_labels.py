"""Which labels a clerk calls spoiled: by the number on them, or by sheet, row and column."""

import re
from dataclasses import dataclass
from typing import Final

from core.text.fold import fold
from traceability.errors import MalformedSerial
from traceability.print_errors import LabelNotRead, TooManySpoiledPlaces
from traceability.rules.serials import parse_serial

MOST_LINES: Final = 200
_BREAKS: Final = re.compile(r"[\n;]+")
_GAP: Final = r"[\s,.:]*"
_SPOT: Final = re.compile(
    rf"(?:to|trang|sheet|page){_GAP}(\d{{1,4}})"
    rf"(?:{_GAP}(?:hang|row){_GAP}(\d{{1,3}}){_GAP}(?:cot|column){_GAP}(\d{{1,3}}))?"
)
_COUNTED: Final = re.compile(rf"(?:tem|label){_GAP}(\d{{1,5}})")


@dataclass(frozen=True)
class BySerial:
    """The label that bears this number."""

    serial: int


@dataclass(frozen=True)
class OnSheet:
    """A whole sheet, or its label in a row and a column, all counted from 1."""

    sheet: int
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class Counted:
    """The label so far from the first of the print, which is 1: on a roll there are no sheets."""

    at: int


Spoiled = BySerial | OnSheet | Counted


def parse_spoiled(text: str) -> list[Spoiled]:
    """Give the labels that were named: a line each, or several serials between commas.

    "7K3M Q9T2 XB40G", "tờ 2", "tờ 2 hàng 3 cột 4", "tem 14"; without marks and in English too.

    Raises:
        LabelNotRead: a line names none.
        TooManySpoiledPlaces: nobody reads through so many.
    """
    found: list[Spoiled] = []
    for line in _BREAKS.split(text):
        if line.strip():
            found.extend(_labels_of(line.strip()))
    if len(found) > MOST_LINES:
        raise TooManySpoiledPlaces(f"{len(found)} lines", most=MOST_LINES)
    return found


def _labels_of(line: str) -> list[Spoiled]:
    words = fold(line)
    if spot := _SPOT.fullmatch(words):
        sheet, row, column = (int(part) if part else None for part in spot.groups())
        assert sheet is not None
        return [OnSheet(sheet, row, column)]
    if counted := _COUNTED.fullmatch(words):
        return [Counted(int(counted[1]))]
    return [_by_serial(part) for part in line.split(",") if part.strip()]


def _by_serial(text: str) -> BySerial:
    try:
        return BySerial(parse_serial(text))
    except MalformedSerial:
        raise LabelNotRead("no serial, no sheet", line=text.strip()[:40]) from None


def place_of(spoiled: OnSheet | Counted, *, columns: int, rows: int, labels: int) -> range:
    """Give the places (from 0) of what was named, in a print of `labels` on sheets of a grid.

    An empty range: the print has no such place.
    """
    if isinstance(spoiled, Counted):
        return _within(spoiled.at - 1, spoiled.at, labels)
    start = (spoiled.sheet - 1) * columns * rows
    if spoiled.row is None or spoiled.column is None:
        return _within(start, start + columns * rows, labels)
    if not (1 <= spoiled.row <= rows and 1 <= spoiled.column <= columns):
        return range(0)
    at = start + (spoiled.row - 1) * columns + spoiled.column - 1
    return _within(at, at + 1, labels)


def _within(first: int, end: int, labels: int) -> range:
    return range(max(first, 0), min(end, labels)) if first >= 0 else range(0)
