"""A strip to print before the stamps: the same kind of code at several sizes, and a ruler.

Its codes lead to a page that says what they are; none of them bears a serial.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from core import gs1
from core.qr import QUIET_MODULES
from traceability.adapters import preflight, qr_many
from traceability.adapters.label_words import CAPITALS, MM, Line
from traceability.adapters.lettering import (
    BOLD,
    REGULAR,
    SMALLEST_POINTS,
    register_fonts,
    width,
)
from traceability.adapters.outputs import DOTS_A_MM, FILE_FORMATS, Output
from traceability.adapters.papers import A4_MM, PAPERS, Paper
from traceability.adapters.qr_many import Modules
from traceability.label_errors import NotForThisPaper
from traceability.rules.serials import SERIAL_LENGTH
from traceability.rules.signatures import SIGNATURE_DIGITS, SIGNATURE_QUERY

PATH: Final = "/TEST/"
_FINEST_MM, _COARSEST_MM = 0.16, 0.7  # Below: hopeless on paper; above: every phone reads it.
_FINE_DPI: Final = 600  # Its dots are half of those of 300 dpi: every second size is enough.
_MARGIN_MM: Final = 15.0
_TITLE_POINTS, _POINTS = 14.0, 10.0
_LEADING: Final = 1.6
_RULER_MM: Final = 100
_LABEL_EDGE_MM: Final = 0.5
_TICK_MM: Final = 2.0
_LONG_MM: Final = 4.0
_HAIR_MM: Final = 0.2


class Bar(NamedTuple):
    """A filled rectangle, in dots from the page's upper left corner."""

    x: int
    y: int
    width: int
    height: int


class StripCode(NamedTuple):
    """A code at its place, in dots from the page's upper left corner; quiet zone outside."""

    x: int
    y: int
    unit: int  # Dots of a module.


@dataclass(frozen=True, slots=True)
class StripPage:
    """A sheet, or a label of a roll: sides in dots, words in points from the lower left corner."""

    width: int
    height: int
    codes: tuple[StripCode, ...]
    lines: tuple[Line, ...]
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Strip:
    """Pages whose codes all say the same."""

    dots_a_mm: float
    modules: Modules  # One code.
    pages: tuple[StripPage, ...]


def strip_address(base_url: str, *, has_gtin: bool, signed: bool) -> str:
    """Give what the codes of a strip say: as long as a stamp's address, so of the same size."""
    gtin = "0" * 14 if has_gtin else None
    stamp = gs1.stamp_uri(base_url, gtin, "0" * SERIAL_LENGTH)
    site = gs1.stamp_uri(base_url, None, "").removesuffix("/S/")
    stem = f"{site}{PATH}"
    # As mixed as real ones: a code of zeros has stripes and is read otherwise.
    address = f"{stem}{str(7**99)[: len(stamp) - len(stem)]}"
    digits = str(3**400)[:SIGNATURE_DIGITS]
    return f"{address}{SIGNATURE_QUERY}{digits}" if signed else address


def plan_strip(paper: str, output: Output, address: str) -> Strip:
    """Work out the strip for a paper and a printer.

    Raises:
        NotForThisPaper: commands of a label printer for a sheet.
    """
    register_fonts()
    chosen = PAPERS[paper]
    if FILE_FORMATS[output.file_format].for_rolls_alone and not chosen.is_roll:
        raise NotForThisPaper(f"{output.file_format} on {paper}")
    dpi = preflight.dpi_of(chosen, output)
    form = qr_many.form_of(address)
    sizes = _sizes(dpi)
    side = form.size + 2 * QUIET_MODULES
    if chosen.is_roll:
        pages = tuple(_labels(chosen, sizes, side, dpi))
    else:
        pages = (_sheet(chosen, sizes, side, dpi),)
    return Strip(DOTS_A_MM[dpi], qr_many.modules_of([address], form), pages)


def _sizes(dpi: int) -> list[int]:
    """Dots of a module, the finest first."""
    scale = DOTS_A_MM[dpi]
    step = 2 if dpi == _FINE_DPI else 1
    first = int(np.ceil(_FINEST_MM * scale))
    return list(range(first + first % step, int(_COARSEST_MM * scale) + 1, step))


def _sheet(paper: Paper, sizes: list[int], side: int, dpi: int) -> StripPage:
    """All sizes below each other, then a ruler of 100 mm."""
    scale = DOTS_A_MM[dpi]
    wide, high = (round(edge * scale) for edge in A4_MM)
    left, top = round(_MARGIN_MM * scale), _MARGIN_MM * MM
    told = (
        ("Tờ in thử – mã thử, không phải tem", BOLD, _TITLE_POINTS),
        (f"{paper.words} · máy in {dpi} dpi · in đúng cỡ (100 %)", REGULAR, _POINTS),
        ("Quét thử từng mã bằng điện thoại: dòng nhỏ nhất còn đọc được", REGULAR, _POINTS),
        (
            f"cho biết máy in này in rõ đến đâu. Tem cần từ {_mm(_least(dpi), dpi)}.",
            REGULAR,
            _POINTS,
        ),
    )
    page_points = high / scale * MM
    lines, down = [], top
    for text, font, points in told:
        down += points * _LEADING
        lines.append(Line(text, font, points, _MARGIN_MM * MM, page_points - down))
    codes, y = [], round((down + _POINTS) / MM * scale)
    for unit in sizes:
        quiet, edge = QUIET_MODULES * unit, side * unit
        codes.append(StripCode(left + quiet, y + quiet, unit))
        middle = page_points - (y + edge / 2) / scale * MM - _POINTS * CAPITALS / 2
        x = (left + edge) / scale * MM + _POINTS
        lines.append(Line(_size_words(unit, dpi), REGULAR, _POINTS, x, middle))
        y += edge
    ruler_y = y + round(12 * scale)
    lines += _ruler_words(page_points - ruler_y / scale * MM)
    return StripPage(
        wide, high, tuple(codes), tuple(lines), _ruler(left, ruler_y, _RULER_MM, scale)
    )


def _ruler_words(above: float) -> Iterator[Line]:
    """What the ruler is for, above and below it."""
    x = _MARGIN_MM * MM
    yield Line(f"0 mm – {_RULER_MM} mm", REGULAR, _POINTS, x, above + _POINTS)
    said = (
        f"Đặt thước lên: vạch đầu đến vạch cuối phải dài đúng {_RULER_MM} mm.",
        "Lệch là máy in đã thu phóng: chọn lại cỡ 100 %.",
    )
    for at, text in enumerate(said, 1):
        below = above - _LONG_MM * MM - at * _POINTS * _LEADING
        yield Line(text, REGULAR, _POINTS, x, below)


def _labels(paper: Paper, sizes: list[int], side: int, dpi: int) -> Iterator[StripPage]:
    """A label for each size that has room on it, then one with a ruler."""
    scale = DOTS_A_MM[dpi]
    wide, high = (round(edge * scale) for edge in paper.page_mm)
    label = round(paper.width_mm * scale)
    words_mm = SMALLEST_POINTS * _LEADING / MM
    room = min(label, high - round(words_mm * scale))
    for unit in sizes:
        if side * unit <= room:
            quiet = QUIET_MODULES * unit
            x = (label - side * unit) // 2 + quiet
            line = _centred(f"Thử {_mm(unit, dpi)}", paper.width_mm)
            yield StripPage(wide, high, (StripCode(x, quiet, unit),), (line,))
    ruler_mm = int((paper.width_mm - 2 * _LABEL_EDGE_MM) // 10 * 10)
    start = round((paper.width_mm - ruler_mm) / 2 * scale)
    bars = _ruler(start, high // 3, ruler_mm, scale)
    yield StripPage(wide, high, (), (_centred(f"Thước {ruler_mm} mm", paper.width_mm),), bars)


def _centred(text: str, width_mm: float) -> Line:
    """A line at a label's foot."""
    x = (width_mm * MM - width(text, BOLD, SMALLEST_POINTS)) / 2
    return Line(text, BOLD, SMALLEST_POINTS, x, _LABEL_EDGE_MM * MM)


def _ruler(x: int, y: int, length_mm: int, scale: float) -> tuple[Bar, ...]:
    """A line with a tick each millimetre, longer ones each five; x, y: where it begins."""
    hair = max(1, round(_HAIR_MM * scale))
    ticks = [
        Bar(x + round(at * scale), y, hair, round((_TICK_MM if at % 5 else _LONG_MM) * scale))
        for at in range(length_mm + 1)
    ]
    return (Bar(x, y, round(length_mm * scale) + hair, hair), *ticks)


def _size_words(unit: int, dpi: int) -> str:
    words = f"{_mm(unit, dpi)} một ô ({unit} chấm)"
    return f"{words} – nhỏ nhất cho tem" if unit == _least(dpi) else words


def _least(dpi: int) -> int:
    least = preflight.least_dots(dpi)
    return next(unit for unit in _sizes(dpi) if unit >= least)


def _mm(unit: int, dpi: int) -> str:
    return f"{unit / DOTS_A_MM[dpi]:.2f} mm".replace(".", ",")
