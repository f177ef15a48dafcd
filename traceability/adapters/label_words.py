"""The words of a label: what stands where, worked out once for a batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from reportlab.pdfgen.canvas import Canvas

from traceability import rules
from traceability.adapters.lettering import BOLD, REGULAR, largest, plain, shortened, width, wrapped

MM: Final = 72 / 25.4  # Points of a millimetre.
DEMO_MARK: Final = "MẪU"
_RIGHT_EDGE_MM: Final = 1.3  # Die cuts and printers drift by a millimetre.
_GAP_MM: Final = 0.6
_NAME_POINTS: Final = 6.8
_SERIAL_POINTS: Final = 6.5
_SMALL_POINTS: Final = 5.6
_LEADING: Final = 1.24  # Vietnamese stacks two marks on a capital: Ẫ, Ễ.
_SERIAL_LEADING: Final = 1.5
_MARK_PADDING: Final = 1.2  # Points around the demo mark.
_CAPITALS: Final = 0.74  # Height of the font's capitals, in ems.


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

    @property
    def host(self) -> str:
        """Where people type the serial."""
        return urlsplit(self.base_url).netloc


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a label. `y` is its base line above the label's lower edge; all in points."""

    text: str
    font: str
    points: float
    y: float


@dataclass(frozen=True, slots=True)
class Words:
    """The words that all labels share, and where each label's serial goes."""

    lines: tuple[Line, ...]
    serial: Line  # Its text is empty.
    x: float
    mark: Line | None  # "MẪU", at the right edge.
    right: float

    def draw_shared(self, canvas: Canvas) -> None:
        """Draw what all labels share; the origin is a label's lower left corner."""
        for line in self.lines:
            canvas.setFont(line.font, line.points)
            canvas.drawString(self.x, line.y, line.text)
        if self.mark:
            _draw_mark(canvas, self.mark, self.right)


def words_of(batch: Batch, *, x_mm: float, width_mm: float, height_mm: float) -> Words:
    """Place the words in a label of this size, right of `x_mm`, in the middle of its height."""
    x, right = x_mm * MM, (width_mm - _RIGHT_EDGE_MM) * MM
    room = right - x
    serial_points = _serial_points(batch.serials, room)
    mark_room = width(DEMO_MARK, BOLD, _SMALL_POINTS) + 2 * _MARK_PADDING + _GAP_MM * MM
    lot_room = room - mark_room if batch.demo else room
    lines = [
        *(
            (each, BOLD, _NAME_POINTS)
            for each in wrapped(plain(batch.name), BOLD, _NAME_POINTS, room, 2)
        ),
        (
            shortened(lot_words(batch.lot), REGULAR, _SMALL_POINTS, lot_room),
            REGULAR,
            _SMALL_POINTS,
        ),
        *((each, REGULAR, _SMALL_POINTS) for each in _date_lines(batch)),
        ("", BOLD, serial_points),
        *_host_lines(batch.host, room),
    ]
    placed = _placed(lines, height_mm * MM)
    lot = next(line for line in placed if line.points == _SMALL_POINTS)
    return Words(
        lines=tuple(line for line in placed if line.text),
        serial=next(line for line in placed if not line.text),
        x=x,
        mark=Line(DEMO_MARK, BOLD, _SMALL_POINTS, lot.y) if batch.demo else None,
        right=right,
    )


def lot_words(lot: str) -> str:
    """Give the lot's code with the word before it, unless the producer wrote it already.

    A roll is of no lot yet ("").
    """
    if not lot:
        return "Tem cuộn"
    code = plain(lot)
    return code if code.casefold().startswith("lô") else f"Lô {code}"


def _serial_points(serials: Sequence[int], room: float) -> float:
    """One size for the whole batch: that at which its widest serial fits."""
    texts = (rules.grouped(text) for text in rules.serial_texts(serials))
    widest = max(texts, key=lambda text: width(text, BOLD, _SERIAL_POINTS))
    return largest(widest, BOLD, _SERIAL_POINTS, room)


def _date_lines(batch: Batch) -> list[str]:
    """The best before, else the day of making, abbreviated as Decree 43/2017/NĐ-CP allows."""
    if batch.best_before_on:
        return [f"HSD {batch.best_before_on:%d/%m/%Y}"]
    return [f"NSX {batch.made_on:%d/%m/%Y}"] if batch.made_on else []


def _host_lines(host: str, room: float) -> list[tuple[str, str, float]]:
    """Where to type the serial: on one line, on two where the host is long."""
    whole = f"Kiểm tại {host}"
    points = largest(whole, REGULAR, _SMALL_POINTS, room)
    if width(whole, REGULAR, points) <= room:
        return [(whole, REGULAR, points)]
    points = largest(host, REGULAR, _SMALL_POINTS, room)
    shown = shortened(host, REGULAR, points, room)
    return [("Kiểm tại", REGULAR, _SMALL_POINTS), (shown, REGULAR, points)]


def _placed(lines: list[tuple[str, str, float]], height: float) -> list[Line]:
    """Stack the lines, the block in the middle of the label."""
    total = sum(_step(text, points) for text, _, points in lines)
    y = (height + total) / 2
    placed = []
    for text, font, points in lines:
        y -= _step(text, points)
        placed.append(Line(text, font, points, y + (_step(text, points) - points * _CAPITALS) / 2))
    return placed


def _step(text: str, points: float) -> float:
    """A line's height; the serial's, which has no text here, is set off from its neighbours."""
    return points * (_LEADING if text else _SERIAL_LEADING)


def _draw_mark(canvas: Canvas, mark: Line, right: float) -> None:
    """White on black: a copier keeps it, and nobody takes it for a part of the name."""
    box = width(mark.text, mark.font, mark.points) + 2 * _MARK_PADDING
    below, above = _MARK_PADDING, mark.points * (_CAPITALS + 0.36)  # Room for the two marks of Ẫ.
    canvas.rect(right - box, mark.y - below, box, below + above, stroke=0, fill=1)
    canvas.setFillGray(1)
    canvas.setFont(mark.font, mark.points)
    canvas.drawString(right - box + _MARK_PADDING, mark.y, mark.text)
    canvas.setFillGray(0)
