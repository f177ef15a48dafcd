"""The words of a label: what it says, worked out once for a batch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, NamedTuple, Self
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from traceability import rules
from traceability.adapters.lettering import BOLD, plain, widest_of, width
from traceability.rules.serials import ALPHABET

Grey = NDArray[np.uint8]  # A picture's rows × columns, 0 is dark.
MM: Final = 72 / 25.4  # Points of a millimetre.
DEMO_MARK: Final = "MẪU"
NAME_POINTS: Final = 6.8
SERIAL_POINTS: Final = 6.5
SMALL_POINTS: Final = 5.6
LEADING: Final = 1.24  # Vietnamese stacks two marks on a capital: Ẫ, Ễ.
CAPITALS: Final = 0.74  # Height of the font's capitals, in ems.
MARK_PADDING: Final = 1.2  # Points around the demo mark.
MARK_ABOVE: Final = 0.36  # Room above the capitals for the two marks of Ẫ, in ems.


@dataclass(frozen=True, slots=True)
class Batch:
    """Stamps to print: what all of them say, and their serials in the order of the labels."""

    serials: Sequence[int]
    base_url: str  # Scheme and host that the codes carry.
    gtin14: str | None
    name: str  # Short: it has two lines of some sixteen letters.
    lot: str  # "" on a roll: it is bound to a lot once it is stuck on.
    made_on: date | None = None
    best_before_on: date | None = None
    demo: bool = False  # Marks every label "MẪU".
    # What the numbers under the scratch layers are made with; None: there are none. Never shown.
    scratch_secret: bytes | None = field(default=None, repr=False)
    sms_number: str = ""  # Where the serial can be sent; "": nowhere.
    sign: Callable[[str], str] | None = None  # A serial's signature, as digits; None: not signed.
    logo: Grey | None = field(default=None, repr=False, compare=False)  # None: no logo is wanted.

    @property
    def host(self) -> str:
        """Where people type the serial."""
        return urlsplit(self.base_url).netloc

    @property
    def sms_words(self) -> str:
        """Where people without a network send the serial; "" where nowhere."""
        return f"SMS {self.sms_number}" if self.sms_number else ""


class Line(NamedTuple):
    """A line of a label: its beginning on the base line, in points from the lower left corner."""

    text: str
    font: str
    points: float
    x: float
    y: float
    turned: bool = False  # Runs upwards, its letters' heads to the left.


class SerialLine(NamedTuple):
    """A line that each label fills with a part of its own serial, written 4-4-5."""

    first: int  # The part's first character.
    after: int
    points: float
    x: float
    y: float

    def of(self, serial_text: str) -> str:
        """Give the part of a serial that stands here."""
        return rules.grouped(serial_text)[self.first : self.after]


class Box(NamedTuple):
    """A rectangle, in points from the label's lower left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Words:
    """What all labels share, and where each label's serial goes."""

    lines: tuple[Line, ...]
    serials: tuple[SerialLine, ...]
    mark: Line | None = None  # "MẪU", white in its black box: a copier keeps it.
    box: Box | None = None

    def raised(self, by: float) -> Self:
        """The same, so many points higher: something else stands at the label's foot."""
        return replace(
            self,
            lines=tuple(line._replace(y=line.y + by) for line in self.lines),
            serials=tuple(line._replace(y=line.y + by) for line in self.serials),
            mark=self.mark._replace(y=self.mark.y + by) if self.mark else None,
            box=self.box._replace(y=self.box.y + by) if self.box else None,
        )

    @property
    def letters(self) -> dict[str, set[str]]:
        """The letters that each font must have."""
        found: dict[str, set[str]] = {BOLD: set(f"{ALPHABET} ")}
        for line in (*self.lines, *([self.mark] if self.mark else [])):
            found.setdefault(line.font, set()).update(line.text)
        return found


def lot_words(lot: str) -> str:
    """Give the lot's code with the word before it, unless the producer wrote it already.

    A roll is of no lot yet ("").
    """
    if not lot:
        return "Tem cuộn"
    code = plain(lot)
    return code if code.casefold().startswith("lô") else f"Lô {code}"


def date_words(batch: Batch) -> list[str]:
    """The best before, else the day of making, abbreviated as Decree 43/2017/NĐ-CP allows."""
    if batch.best_before_on:
        return [f"HSD {batch.best_before_on:%d/%m/%Y}"]
    return [f"NSX {batch.made_on:%d/%m/%Y}"] if batch.made_on else []


def widest_serial(serials: Sequence[int], first: int = 0, after: int | None = None) -> float:
    """Give the width at one point of the widest part of these serials as people read them."""
    texts = [rules.grouped(text)[first:after] for text in rules.serial_texts(serials)]
    return widest_of(texts, BOLD)


def mark_box(points: float) -> tuple[float, float]:
    """Give length and height of the demo mark's box, in points."""
    length = width(DEMO_MARK, BOLD, points) + 2 * MARK_PADDING
    return length, points * (CAPITALS + MARK_ABOVE) + MARK_PADDING
