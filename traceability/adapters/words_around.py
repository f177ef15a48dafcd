"""Words of a square label: the serial below the code, what else has room up its right side."""

from dataclasses import dataclass, replace
from typing import Final

from traceability.adapters.label_words import (
    CAPITALS,
    DEMO_MARK,
    MARK_PADDING,
    MM,
    SERIAL_POINTS,
    SMALL_POINTS,
    Batch,
    Box,
    Line,
    SerialLine,
    Words,
    date_words,
    lot_words,
    mark_box,
    widest_serial,
)
from traceability.adapters.lettering import (
    BOLD,
    REGULAR,
    SMALLEST_POINTS,
    SMALLEST_SERIAL_POINTS,
    is_stub,
    largest,
    plain,
    shortened,
    width,
    wrapped,
)
from traceability.adapters.logos import GAP, LogoBox, box_beside

_EDGE: Final = 0.3 * MM  # Kept free at the label's edges by words.
_LOGO_EDGE: Final = 0.5 * MM  # By a logo: it is cut off first where a knife drifts.
_CODE_EDGE: Final = 0.15 * MM  # Kept free by the code, whose quiet zone is blank already.
_CODE_GAP: Final = 0.15 * MM  # Between quiet zone and side: no rounding may let them touch.
_SERIAL_GAP: Final = 0.1 * MM  # The same between quiet zone and serial.
_GAP: Final = 0.15 * MM  # Between two lines of the serial.
_HOST_LEADING: Final = 1.05  # Hosts have no marks.
_SIDE_LEADING: Final = 1.32  # The marks of Ẫ must not reach into the quiet zone.
_SIDE_BELOW: Final = 0.2  # Of it below the base line, in ems.
_HOST_BELOW: Final = 0.24  # What its letters g, p and y take below the line, in ems.
_LEAST_MARK_POINTS: Final = 3.0
_Part = tuple[int, int]  # First character of the serial, and the one after the last.
_SPLITS: Final[tuple[tuple[_Part, ...], ...]] = (((0, 15),), ((0, 9), (10, 15)))
_Row = tuple[str, str, float, float]  # Text, font, points, leading.

# What the code must leave below itself: two lines of the smallest serial.
LEAST_BELOW: Final = 2 * SMALLEST_SERIAL_POINTS * CAPITALS + _GAP + _EDGE + _SERIAL_GAP


@dataclass(frozen=True, slots=True)
class Around:
    """The words, and the code's upper left corner, y from above; in points."""

    words: Words
    code_x: float
    code_top: float
    logo: LogoBox | None = None


@dataclass(frozen=True, slots=True)
class _Below:
    """What stands below the code: the serial's lines, then where to check if there is room."""

    points: float  # Of the serial.
    parts: tuple[_Part, ...]
    host_points: float  # 0: no host.

    @property
    def host_height(self) -> float:
        """The host's line and its gap."""
        return self.host_points * _HOST_LEADING + _GAP if self.host_points else 0.0

    @property
    def height(self) -> float:
        """All lines with the gaps between them."""
        lines = len(self.parts)
        return lines * self.points * CAPITALS + (lines - 1) * _GAP + self.host_height


@dataclass(frozen=True, slots=True)
class _Square:
    """A label and its code on a side, quiet zone and all, in points."""

    width: float
    height: float
    code: float

    @property
    def line(self) -> float:
        """The room of a line across the label."""
        return self.width - 2 * _EDGE

    @property
    def below(self) -> float:
        """The room below the code."""
        return self.height - self.code - _EDGE - _SERIAL_GAP

    @property
    def side(self) -> float:
        """Where the room right of the code begins."""
        return _CODE_EDGE + self.code + _CODE_GAP


def words_around(batch: Batch, *, width_mm: float, height_mm: float, code_mm: float) -> Around:
    """Place code and words in a label of this size."""
    label = _Square(width_mm * MM, height_mm * MM, code_mm * MM)
    assert label.below + _EDGE + _SERIAL_GAP >= LEAST_BELOW, (
        "the paper's code leaves no room for a serial"
    )
    below = _below(batch, label)
    spare = label.height - label.code - below.height
    code_top = min(_EDGE, spare / 4)
    bottom = (spare - code_top) / 2
    logo = _logo(batch, label, code_top, has_host=bool(below.host_points))
    taken = logo.top + logo.height + GAP - _EDGE if logo else 0.0
    lines = _side_lines(batch, label, code_top, taken, has_host=bool(below.host_points))
    if below.host_points:
        x = (label.width - width(batch.host, REGULAR, below.host_points)) / 2
        y = bottom + below.host_points * _HOST_BELOW
        lines.append(Line(batch.host, REGULAR, below.host_points, x, y))
    serials = _serial_lines(batch, label, below, bottom + below.host_height)
    mark, box = _mark(label, code_top) if batch.demo else (None, None)
    return Around(Words(tuple(lines), serials, mark, box), _CODE_EDGE, code_top, logo)


def _below(batch: Batch, label: _Square) -> _Below:
    """The serial on one line, or on two where that makes small letters larger.

    A serial too small to type matters most, then where to check, then large letters: if the
    side has no room for the host, the serial takes what leaves some below.
    """
    found = []
    at_side = _host_fits_side(batch, label)
    for parts in _SPLITS:
        widest = max(widest_serial(batch.serials, *part) for part in parts)
        high = (label.below - (len(parts) - 1) * _GAP) / (len(parts) * CAPITALS)
        points = min(SERIAL_POINTS, label.line / widest, high)
        below = _Below(points, parts, 0.0)
        host = _host_points(batch.host, label, label.below - below.height - _GAP)
        found.append(replace(below, host_points=host))
    return max(
        found,
        key=lambda each: (
            each.points >= SMALLEST_SERIAL_POINTS,
            at_side or each.host_points > 0,
            round(min(SMALLEST_POINTS, each.points), 3),
            -len(each.parts),
        ),
    )


def _host_points(host: str, label: _Square, room: float) -> float:
    """The size of the line that says where to check, below the serial; 0 where it has no room."""
    points = min(largest(host, REGULAR, SMALL_POINTS, label.line), room / _HOST_LEADING)
    fits = width(host, REGULAR, points) <= label.line
    return points if fits and points >= SMALLEST_POINTS else 0.0


def _host_fits_side(batch: Batch, label: _Square) -> bool:
    taken = mark_box(_mark_points(label))[0] + _EDGE if batch.demo else 0.0
    long_enough = width(batch.host, REGULAR, SMALLEST_POINTS) <= label.code - taken - _EDGE
    across = label.side + SMALLEST_POINTS * _HOST_LEADING
    return long_enough and across <= label.width - _CODE_EDGE


def _serial_lines(
    batch: Batch, label: _Square, below: _Below, bottom: float
) -> tuple[SerialLine, ...]:
    """The serial's lines from above, each so that its widest serial is in the middle."""
    points, lines = below.points, []
    for at, part in enumerate(reversed(below.parts)):
        x = (label.width - points * widest_serial(batch.serials, *part)) / 2
        y = bottom + at * (points * CAPITALS + _GAP)
        lines.append(SerialLine(*part, points, x, y))
    return tuple(reversed(lines))


def _logo(batch: Batch, label: _Square, code_top: float, *, has_host: bool) -> LogoBox | None:
    """The logo at the upper end of the side; None: none, or it would push out where to check."""
    if batch.logo is None:
        return None
    room = label.height - _LOGO_EDGE - _side_start(batch, label, code_top) - GAP
    if not has_host:
        room -= width(batch.host, REGULAR, SMALLEST_POINTS) + _EDGE
    return box_beside(
        batch.logo,
        x=label.side,
        top=_LOGO_EDGE,
        width=label.width - label.side - _LOGO_EDGE,
        height=label.code,
        most=room,
    )


def _side_start(batch: Batch, label: _Square, code_top: float) -> float:
    start = _side_foot(label, code_top)
    return start + mark_box(_mark_points(label))[0] + _EDGE if batch.demo else start


def _side_lines(
    batch: Batch, label: _Square, code_top: float, taken: float, *, has_host: bool
) -> list[Line]:
    """Lines up the right side, from left to right, as many as what is not taken has room for."""
    start = _side_start(batch, label, code_top)
    room = label.height - _EDGE - start - taken
    lines: list[Line] = []
    x = label.side
    for text, font, points, leading in _side_rows(batch, label, room, has_host=has_host):
        step = points * leading
        is_wide = x + step > label.width - _CODE_EDGE or width(text, font, points) > room
        if is_wide or is_stub(text):
            continue
        base = x + step - points * _SIDE_BELOW
        lines.append(Line(text, font, points, base, start, turned=True))
        x += step
    return lines


def _side_rows(batch: Batch, label: _Square, room: float, *, has_host: bool) -> list[_Row]:
    """What may stand at the side, the most useful first. A host is never shortened."""
    across = int((label.width - _CODE_EDGE - label.side) / (SMALL_POINTS * _SIDE_LEADING))
    names = wrapped(plain(batch.name), BOLD, SMALL_POINTS, room, max(1, min(2, across)))
    lot = shortened(lot_words(batch.lot), REGULAR, SMALLEST_POINTS, room)
    rows: list[_Row] = [
        *((line, BOLD, SMALL_POINTS, _SIDE_LEADING) for line in names),
        (lot, REGULAR, SMALLEST_POINTS, _SIDE_LEADING),
        *((text, REGULAR, SMALLEST_POINTS, _SIDE_LEADING) for text in date_words(batch)),
    ]
    if batch.sms_words:
        rows.append((batch.sms_words, REGULAR, SMALLEST_POINTS, _SIDE_LEADING))
    if has_host:
        return rows
    return [(batch.host, REGULAR, SMALLEST_POINTS, _HOST_LEADING), *rows]


def _side_foot(label: _Square, code_top: float) -> float:
    """The side ends where the code ends: below it the serial has the whole width."""
    return label.height - code_top - label.code


def _mark_points(label: _Square) -> float:
    """The demo mark is as large as the side is wide."""
    wide = label.width - label.side - _CODE_EDGE
    points = SMALL_POINTS
    while mark_box(points)[1] > wide and points > _LEAST_MARK_POINTS:
        points -= 0.1
    return points


def _mark(label: _Square, code_top: float) -> tuple[Line, Box]:
    """White on black, up the side from the code's lower edge."""
    points, foot = _mark_points(label), _side_foot(label, code_top)
    length, across = mark_box(points)
    box = Box(label.side, foot, across, length)
    base = box.x + across - MARK_PADDING / 2
    return Line(DEMO_MARK, BOLD, points, base, foot + MARK_PADDING, turned=True), box
