"""What stands in a cell of a workbook, as a person would have typed it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from core.text.numbers import bounded

LONGEST_CELL = 5_000  # Characters; a product's story is shorter. What lies beyond is not kept.
MOST_NUMBER = 2**31 - 1  # Of a row, a style or a shared text; no workbook counts so far.
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LAST_SERIAL = 2_958_465  # 31 December 9999.
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NOT_LETTERS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_EXACT = 10**15  # Doubles hold whole numbers up to here.
_LETTERS = 26


@dataclass
class Strings:
    """The workbook's shared texts; what is written small above a text (ruby) is left out."""

    texts: list[str] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _reads: bool = False
    _ruby: bool = False

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        """See Reader."""
        if name == "si":
            self._parts = []
        self._ruby = self._ruby or name == "rPh"
        self._reads = name == "t" and not self._ruby

    def end(self, name: str) -> None:
        """See Reader."""
        self._reads = False
        if name == "rPh":
            self._ruby = False
        if name == "si":
            self.texts.append("".join(self._parts)[: LONGEST_CELL + 1])

    def text(self, text: str) -> None:
        """See Reader."""
        if self._reads:
            self._parts.append(text)


@dataclass
class Styles:
    """Which of the workbook's styles show a number as a day."""

    dates: list[bool] = field(default_factory=list)
    _codes: dict[str, str] = field(default_factory=dict)
    _inside: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See Reader."""
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        self._inside = self._inside or name == "cellXfs"
        if name == "xf" and self._inside:
            self.dates.append(self._is_date(attributes.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        """See Reader."""
        if name == "cellXfs":
            self._inside = False

    def text(self, text: str) -> None:
        """See Reader."""

    def _is_date(self, format_id: str) -> bool:
        code = self._codes.get(format_id)
        if code is None:
            return bounded(format_id, most=MOST_NUMBER) in _DATE_FORMATS
        letters = _NOT_LETTERS.sub("", code).lower()
        return any(letter in letters for letter in "yd") and not any(c in letters for c in "#?0")


def column_of(reference: str) -> int | None:
    """The column of "AB12", from 0; None where the reference says none."""
    column = 0
    for letter in reference:
        if not "A" <= letter <= "Z":
            break
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return column - 1 if column else None


def number_text(text: str) -> str:
    """A stored number as it is typed in Vietnamese: "85000", "1,5"; other text as it is."""
    try:
        number = float(text)
    except ValueError:
        return text
    if number.is_integer() and abs(number) < _EXACT:
        return str(int(number))
    return f"{number:.15g}".replace(".", ",")  # As shown: doubles end in 0000000001.


def day_text(text: str, *, from_1904: bool) -> str:
    """A stored day as ISO writes it; what is no day as it is."""
    try:
        serial = int(float(text))
    except (ValueError, OverflowError):
        return text
    if not 0 < serial <= _LAST_SERIAL:
        return text
    try:
        return ((_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=serial)).isoformat()
    except OverflowError:
        return text
