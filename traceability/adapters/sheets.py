"""Sheets of labels as PDF: every code a vector path of our own, snapped to a printer's dots."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, BinaryIO, Final

import numpy as np
from numpy.typing import NDArray
from reportlab.pdfgen.canvas import Canvas

from core import gs1
from core.qr import QUIET_MODULES
from traceability import rules
from traceability.adapters import lettering, qr_many
from traceability.adapters.label_words import Batch, Words, lot_words, words_of
from traceability.adapters.papers import DEFAULT_PAPER, PAPERS, Paper
from traceability.errors import CodeTooFine

__all__ = ["Batch", "module_dots", "write_sheets"]

DOT: Final = 72 / 300  # Points of a dot of a 300 dpi printer, what homes and copy shops have.
# A4 in whole dots, 0.03 mm off: so every module falls on dots, counted from any edge.
SHEET_DOTS: Final = (2480, 3508)
LEAST_MODULE_DOTS: Final = 4  # 0.34 mm: below 0.33 mm a module is too fine for many phones.
_DOTS_A_MM: Final = 300 / 25.4
_CODE_EDGE_MM: Final = 0.5  # From a label's left edge to the quiet zone.
_HEADER_MM: Final = 7.0  # From the sheet's top: within what every printer reaches.
_HEADER_POINTS: Final = 7.0

OnPage = Callable[[int, int], None]  # Sheets done, sheets in all; raising stops the work.


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is worked out once for all sheets of a batch."""

    batch: Batch
    paper: Paper
    form: qr_many.Form
    module: int  # Dots of a module.
    words: Words

    @property
    def code(self) -> int:
        """Dots of a code on a side, quiet zone and all."""
        return (self.form.size + 2 * QUIET_MODULES) * self.module


def write_sheets(
    target: BinaryIO, batch: Batch, *, paper: str = DEFAULT_PAPER, on_page: OnPage
) -> int:
    """Write the sheets of a batch as one PDF; give their number.

    Nothing is written before the last sheet is drawn: if `on_page` raises, `target` stays empty.
    The same batch gives the same bytes.

    Raises:
        CodeTooFine: the address is too long for a code that can be printed on this paper.
    """
    assert batch.serials
    plan = _plan(batch, PAPERS[paper])
    canvas = Canvas(target, pagesize=[dots * DOT for dots in SHEET_DOTS], invariant=1)
    canvas.setTitle(f"Tem – {lot_words(batch.lot)}")
    canvas.setAuthor("Gốc")
    canvas.beginForm("words")
    plan.words.draw_shared(canvas)
    canvas.endForm()
    labels = plan.paper.labels
    sheets = -(-len(batch.serials) // labels)
    for sheet in range(sheets):
        _draw_header(canvas, plan, sheet + 1, sheets)
        _draw_labels(canvas, plan, batch.serials[sheet * labels : (sheet + 1) * labels])
        canvas.showPage()
        on_page(sheet + 1, sheets)
    canvas.save()
    return sheets


def module_dots(paper: Paper, size: int) -> int:
    """Give the dots of a module of a code of `size` modules: the most that the paper's code takes.

    Raises:
        CodeTooFine: fewer than a phone can read.
    """
    dots = int(paper.code_mm * _DOTS_A_MM) // (size + 2 * QUIET_MODULES)
    if dots < LEAST_MODULE_DOTS:
        raise CodeTooFine(f"{size} modules in {paper.code_mm} mm")
    return dots


def _plan(batch: Batch, paper: Paper) -> _Plan:
    lettering.register_fonts()
    form = qr_many.form_of(_uris(batch, rules.serial_texts(batch.serials[:1]))[0])
    module = module_dots(paper, form.size)
    code_mm = (form.size + 2 * QUIET_MODULES) * module / _DOTS_A_MM
    words = words_of(
        batch,
        x_mm=_CODE_EDGE_MM + code_mm,
        width_mm=paper.width_mm,
        height_mm=paper.height_mm,
    )
    return _Plan(batch, paper, form, module, words)


def _uris(batch: Batch, texts: Sequence[str]) -> list[str]:
    return [gs1.stamp_uri(batch.base_url, batch.gtin14, text) for text in texts]


def _draw_header(canvas: Canvas, plan: _Plan, sheet: int, sheets: int) -> None:
    """What the clerk at the printer must know, in the margin above the labels."""
    text = lettering.plain(
        f"{lot_words(plan.batch.lot)} · tờ {sheet}/{sheets} · {plan.paper.words}"
        " · In đúng cỡ (100 %), không thu phóng"
    )
    left = plan.paper.left_mm * _DOTS_A_MM * DOT
    top = (SHEET_DOTS[1] - _HEADER_MM * _DOTS_A_MM) * DOT
    room = SHEET_DOTS[0] * DOT - 2 * left
    font = lettering.REGULAR
    canvas.setFont(font, _HEADER_POINTS)
    canvas.drawString(left, top, lettering.shortened(text, font, _HEADER_POINTS, room))


def _draw_labels(canvas: Canvas, plan: _Plan, serials: Sequence[int]) -> None:
    texts = rules.serial_texts(serials)
    paths = _paths(qr_many.modules_of(_uris(plan.batch, texts), plan.form))
    for place, (text, path) in enumerate(zip(texts, paths, strict=True)):
        row, column = divmod(place, plan.paper.columns)
        left = _dots(plan.paper.left_mm + column * plan.paper.pitch_x_mm)
        top = _dots(plan.paper.top_mm + row * plan.paper.pitch_y_mm)
        _draw_code(canvas, plan, left, top, path)
        canvas.saveState()
        bottom = top + _dots(plan.paper.height_mm)
        canvas.translate(left * DOT, (SHEET_DOTS[1] - bottom) * DOT)
        canvas.doForm("words")
        serial = plan.words.serial
        canvas.setFont(serial.font, serial.points)
        canvas.drawString(plan.words.x, serial.y, rules.grouped(text))
        canvas.restoreState()


def _draw_code(canvas: Canvas, plan: _Plan, left: int, top: int, path: str) -> None:
    """One path a code, its unit a module, y downwards from the code's upper left module."""
    quiet = QUIET_MODULES * plan.module
    x = left + _dots(_CODE_EDGE_MM) + quiet
    y = top + (_dots(plan.paper.height_mm) - plan.code) // 2 + quiet
    unit = plan.module * DOT
    matrix = f"{unit:.2f} 0 0 {-unit:.2f} {x * DOT:.2f} {(SHEET_DOTS[1] - y) * DOT:.2f} cm"
    canvas.addLiteral(f"q {matrix}\n{path}f Q")


def _paths(modules: qr_many.Modules) -> list[str]:
    """Each code as rectangles, one a run of dark modules in a row."""
    edges = np.diff(np.pad(modules, ((0, 0), (0, 0), (1, 1))).astype(np.int8), axis=2)
    labels, rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[2]  # In the same order: runs of a row alternate.
    words = _rectangles(modules.shape[2])[rows, starts, ends].tolist()
    begins = np.searchsorted(labels, np.arange(len(modules) + 1)).tolist()
    return ["".join(words[begins[at] : begins[at + 1]]) for at in range(len(modules))]


@lru_cache(maxsize=2)
def _rectangles(size: int) -> NDArray[Any]:
    """The PDF words of each run: row, first module, module after the last."""
    table = np.empty((size, size + 1, size + 1), dtype=object)
    for row in range(size):
        for start in range(size):
            for end in range(start + 1, size + 1):
                table[row, start, end] = f"{start} {row} {end - start} 1 re\n"
    return table


def _dots(millimetres: float) -> int:
    return round(millimetres * _DOTS_A_MM)
