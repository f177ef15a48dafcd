"""Words right of the code, in the middle of the label's height: labels wider than high."""

from traceability.adapters.label_words import (
    CAPITALS,
    DEMO_MARK,
    LEADING,
    MARK_PADDING,
    MM,
    NAME_POINTS,
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
    SMALLEST_SERIAL_POINTS,
    largest,
    plain,
    shortened,
    width,
    wrapped,
)
from traceability.adapters.logos import GAP, LogoBox, box_above

RIGHT_EDGE_MM = 1.3  # Die cuts and printers drift by a millimetre.
_GAP_MM = 0.6
_SERIAL_LEADING = 1.5
_SERIAL_CHARACTERS = 15  # 4-4-5 with its two gaps.
_Row = tuple[str, str, float]  # Text, font and points; the serial's text is empty.


def words_beside(batch: Batch, *, x_mm: float, width_mm: float, height_mm: float) -> Words:
    """Place the words in a label of this size, right of `x_mm`."""
    x, right = x_mm * MM, (width_mm - RIGHT_EDGE_MM) * MM
    room = right - x
    mark_room = mark_box(SMALL_POINTS)[0] + _GAP_MM * MM if batch.demo else 0
    lot = shortened(lot_words(batch.lot), REGULAR, SMALL_POINTS, room - mark_room)
    below: list[_Row] = [
        (lot, REGULAR, SMALL_POINTS),
        *((each, REGULAR, SMALL_POINTS) for each in date_words(batch)),
        ("", BOLD, _serial_points(batch, room)),
        *_host_rows(batch.host, room),
    ]
    names = _name_lines(batch.name, room, height_mm * MM - _height(below))
    rows = [*((each, BOLD, NAME_POINTS) for each in names), *below]
    lines = _placed(_with_sms(rows, batch.sms_words, room, height_mm * MM), x, height_mm * MM)
    serial = next(line for line in lines if not line.text)
    lot_y = next(line.y for line in lines if line.points == SMALL_POINTS)
    mark, box = _mark(right, lot_y) if batch.demo else (None, None)
    return Words(
        lines=tuple(line for line in lines if line.text),
        serials=(SerialLine(0, _SERIAL_CHARACTERS, serial.points, x, serial.y),),
        mark=mark,
        box=box,
    )


def logo_beside(batch: Batch, *, x_mm: float, width_mm: float, height_mm: float) -> LogoBox | None:
    """Place a batch's logo above the words; None: it has none, or they leave too little room."""
    if batch.logo is None:
        return None
    # As `words_beside` works it out, to the last bit: a host that just fits must fit in both.
    room = (width_mm - RIGHT_EDGE_MM) * MM - x_mm * MM
    least: list[_Row] = [
        ("", BOLD, NAME_POINTS),  # The name, on one line; then the lot, and the dates.
        *((each, REGULAR, SMALL_POINTS) for each in ("", *date_words(batch))),
        *_host_rows(batch.host, room),
    ]
    words = sum(points * LEADING for _, _, points in least)
    words += _serial_points(batch, room) * _SERIAL_LEADING
    top = _GAP_MM * MM
    height = height_mm * MM - words - 3 * top - GAP  # The words keep as much below as above.
    return box_above(batch.logo, x=x_mm * MM, top=top, width=room, height=height)


def _name_lines(name: str, room: float, height: float) -> list[str]:
    """The name on two lines, or on one where a second would reach beyond the label."""
    lines = wrapped(plain(name), BOLD, NAME_POINTS, room, 2)
    if len(lines) * NAME_POINTS * LEADING <= height:
        return lines
    return wrapped(plain(name), BOLD, NAME_POINTS, room, 1)


def _serial_points(batch: Batch, room: float) -> float:
    """One size for the whole batch: that at which its widest serial fits."""
    return max(SMALLEST_SERIAL_POINTS, min(SERIAL_POINTS, room / widest_serial(batch.serials)))


def _host_rows(host: str, room: float) -> list[_Row]:
    """Where to type the serial: on one line, on two where the host is long."""
    whole = f"Kiểm tại {host}"
    points = largest(whole, REGULAR, SMALL_POINTS, room)
    if width(whole, REGULAR, points) <= room:
        return [(whole, REGULAR, points)]
    points = largest(host, REGULAR, SMALL_POINTS, room)
    shown = shortened(host, REGULAR, points, room)
    return [("Kiểm tại", REGULAR, SMALL_POINTS), (shown, REGULAR, points)]


def _with_sms(rows: list[_Row], words: str, room: float, height: float) -> list[_Row]:
    """The rows, and below them the number for SMS where the label has room for it."""
    taken = _height(rows) + _step(words, SMALL_POINTS)
    fits = taken <= height - 2 * _GAP_MM * MM and width(words, REGULAR, SMALL_POINTS) <= room
    return [*rows, (words, REGULAR, SMALL_POINTS)] if words and fits else rows


def _placed(rows: list[_Row], x: float, height: float) -> list[Line]:
    """Stack the lines, the block in the middle of the label."""
    y = (height + _height(rows)) / 2
    placed = []
    for text, font, points in rows:
        step = _step(text, points)
        y -= step
        placed.append(Line(text, font, points, x, y + (step - points * CAPITALS) / 2))
    return placed


def _height(rows: list[_Row]) -> float:
    return sum(_step(text, points) for text, _, points in rows)


def _step(text: str, points: float) -> float:
    """A line's height; the serial's, which has no text here, is set off from its neighbours."""
    return points * (LEADING if text else _SERIAL_LEADING)


def _mark(right: float, y: float) -> tuple[Line, Box]:
    """White on black at the right edge: nobody takes it for a part of the name."""
    length, height = mark_box(SMALL_POINTS)
    box = Box(right - length, y - MARK_PADDING, length, height)
    return Line(DEMO_MARK, BOLD, SMALL_POINTS, box.x + MARK_PADDING, y), box
