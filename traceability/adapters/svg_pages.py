"""Labels as SVG: a page a file, in a ZIP where there are several; filled paths and nothing else.

Sizes are real millimetres, a unit is a printer's dot. No fonts, styles or scripts: Inkscape, other
drawing programs and browsers show the same.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
from numpy.typing import NDArray

from traceability import rules
from traceability.adapters.archives import add_file
from traceability.adapters.label_plan import LabelPlan
from traceability.adapters.label_words import Box, Line, SerialLine, lot_words
from traceability.adapters.lettering import BOLD, REGULAR, width
from traceability.adapters.outlines import outlines
from traceability.adapters.papers import PaperKind
from traceability.adapters.qr_many import Modules
from traceability.adapters.scratch_field import OUTLINE_POINTS
from traceability.adapters.sheet_margins import (
    CUT_GREY,
    HEADER_MM,
    HEADER_POINTS,
    cutting_lines,
    header,
    page_dots,
)
from traceability.adapters.sheets import OnPage
from traceability.rules.serials import ALPHABET

_CODE: Final = 'class="code"'  # What a label is counted by.
_ZIP_BEGINS: Final = b"PK"
HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1"'
)


def write_svg(target: BinaryIO, plan: LabelPlan, *, on_page: OnPage) -> None:
    """Write the labels page by page. The same batch gives the same bytes."""
    labels, whole = plan.paper.labels, len(plan.batch.serials)
    pages = -(-whole // labels)
    drawn = _Drawn(plan)
    if pages == 1:
        target.write(
            drawn.page(plan.batch.serials, "" if plan.paper.is_roll else header(plan, 1, 1))
        )
        on_page(whole, whole)
        return
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for page in range(pages):
            serials = plan.batch.serials[page * labels : (page + 1) * labels]
            margin = "" if plan.paper.is_roll else header(plan, page + 1, pages)
            add_file(archive, f"trang-{page + 1:04}.svg", drawn.page(serials, margin))
            on_page(page * labels + len(serials), whole)


def count_svg(stream: BinaryIO) -> int:
    """Count the codes of a finished file; pages in a ZIP are checked against their sums."""
    content = stream.read()
    if not content.startswith(_ZIP_BEGINS):
        return content.count(_CODE.encode())
    with ZipFile(BytesIO(content)) as archive:
        return sum(archive.read(name).count(_CODE.encode()) for name in archive.namelist())


class _Drawn:
    """What draws pages; what all labels share is drawn once."""

    def __init__(self, plan: LabelPlan) -> None:
        self._plan = plan
        self._scale = plan.dots_a_point
        self._shared = "".join(self._label())
        self._letters = "".join(
            f'<path id="b{ord(letter)}" d="{outlines(BOLD).letter(letter)}"/>'
            for letter in sorted({*ALPHABET, *"0123456789"})
        )
        self._cuts = _cuts(plan)

    def page(self, serials: Sequence[int], margin: str) -> bytes:
        """A whole page."""
        wide, high = page_dots(self._plan)
        sides = [f"{side / self._plan.dots_a_mm:.4f}mm" for side in (wide, high)]
        labels = "".join(self._labels(rules.serial_texts(serials)))
        return (
            f'{HEAD} width="{sides[0]}" height="{sides[1]}" viewBox="0 0 {wide} {high}">'
            f"<title>{_escaped('Tem – ' + lot_words(self._plan.batch.lot))}</title>"
            f'<defs><g id="tem">{self._shared}</g>{self._letters}</defs>'
            f'<path fill="#fff" d="M0 0h{wide}v{high}H0z"/>{self._cuts}'
            f"{labels}{self._margin(margin)}</svg>\n"
        ).encode()

    def _labels(self, texts: Sequence[str]) -> Iterator[str]:
        plan = self._plan
        foot = plan.dots(plan.paper.height_mm)
        hidden: list[Line | None] = [*plan.scratch_lines(texts)] or [None] * len(texts)
        corners = plan.corners(len(texts)).tolist()
        codes = code_paths(plan.modules(texts), plan.module)
        for text, (x, y), code, line in zip(texts, corners, codes, hidden, strict=True):
            yield (
                f'<g transform="translate({x} {y + foot})"><use xlink:href="#tem"/>'
                f'<path {_CODE} shape-rendering="crispEdges"'
                f' transform="translate({plan.code_x} {plan.code_y - foot})" d="{code}"/>'
            )
            for part in plan.words.serials:
                yield self._serial(part, text)
            yield f"{self._line(line) if line else ''}</g>\n"

    def _label(self) -> Iterator[str]:
        words = self._plan.words
        for line in words.lines:
            yield self._line(line)
        if words.mark and words.box:
            yield f'<path d="{self._box(words.box)}"/>{self._line(words.mark, "#fff")}'
        if self._plan.scratch:
            thick = OUTLINE_POINTS * self._scale
            box = self._box(self._plan.scratch.box)
            yield f'<path fill="none" stroke="#000" stroke-width="{thick:.2f}" d="{box}"/>'
        if (logo := self._plan.logo) is not None:
            place = f"translate({logo.x} {logo.y - self._plan.dots(self._plan.paper.height_mm)})"
            (path,) = code_paths(logo.dots[np.newaxis], 1)
            yield f'<path shape-rendering="crispEdges" transform="{place}" d="{path}"/>'

    def _line(self, line: Line, colour: str = "#000") -> str:
        path = outlines(line.font).line(line, dots_a_point=self._scale)
        return f'<path fill="{colour}" d="{path}"/>'

    def _serial(self, part: SerialLine, text: str) -> str:
        """A part of a serial: letters that all labels share, each at its place."""
        em = outlines(BOLD).units
        scale = part.points * self._scale / em
        shown = part.of(text)
        letters = "".join(
            f'<use xlink:href="#b{ord(letter)}" x="{width(shown[:at], BOLD, em):.0f}"/>'
            for at, letter in enumerate(shown)
            if letter != " "
        )
        place = f"translate({part.x * self._scale:.1f} {-part.y * self._scale:.1f})"
        return f'<g transform="{place} scale({scale:.5f} {-scale:.5f})">{letters}</g>'

    def _margin(self, text: str) -> str:
        if not text:
            return ""
        plan = self._plan
        line = Line(text, REGULAR, HEADER_POINTS, 0, 0)
        place = f"translate({plan.dots(plan.paper.left_mm)} {plan.dots(HEADER_MM)})"
        return f'<g transform="{place}">{self._line(line)}</g>'

    def _box(self, box: Box) -> str:
        left, foot, wide, high = (side * self._scale for side in box)
        return f"M{left:.1f} {-foot:.1f}h{wide:.1f}v{-high:.1f}h{-wide:.1f}z"


def code_paths(modules: Modules, unit: int) -> Iterator[str]:
    """Give each code as a path of its runs of dark modules, from its upper left module on."""
    for code in modules:
        padded = np.pad(code, ((0, 0), (1, 1))).astype(np.int8)
        steps: NDArray[np.int8] = np.diff(padded, axis=1)
        rows, starts = np.nonzero(steps == 1)
        ends = np.nonzero(steps == -1)[1]
        yield "".join(
            f"M{start * unit} {row * unit}h{(end - start) * unit}v{unit}h{(start - end) * unit}z"
            for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True)
        )


def _cuts(plan: LabelPlan) -> str:
    if plan.paper.kind is not PaperKind.TO_CUT:
        return ""
    grey = "#" + 3 * f"{round(CUT_GREY * 255):02x}"
    lines = "".join(f"M{x} {y}L{to_x} {to_y}" for x, y, to_x, to_y in cutting_lines(plan))
    return f'<path fill="none" stroke="{grey}" d="{lines}"/>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
