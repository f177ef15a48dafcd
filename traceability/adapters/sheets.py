"""Labels as a vector PDF: sheets of A4, or a roll whose pages are its rows."""

from collections.abc import Callable, Sequence
from typing import BinaryIO, Final

import numpy as np

from traceability import rules
from traceability.adapters.label_plan import LabelPlan, plan_labels
from traceability.adapters.label_words import MM, Batch, lot_words
from traceability.adapters.lettering import REGULAR, plain, shortened
from traceability.adapters.outputs import DEFAULT_OUTPUT, DOTS_A_MM, Output
from traceability.adapters.papers import DEFAULT_PAPER, PaperKind
from traceability.adapters.pdf_codes import codes_font, drawn_codes
from traceability.adapters.pdf_file import PdfFile
from traceability.adapters.pdf_words import PageWords

__all__ = ["Batch", "OnPage", "write_pdf", "write_sheets"]

# A4 in whole dots of a 300 dpi printer, 0.03 mm off: so every module falls on dots, counted from
# any edge.
SHEET_DOTS: Final = (2480, 3508)
_HEADER_MM: Final = 7.0  # From the sheet's top: within what every printer reaches.
_HEADER_POINTS: Final = 7.0
_CUT_BEYOND_MM: Final = 1.0  # What a cutting line shows beyond the labels.
_TOLD_EACH: Final = 65  # Labels: progress of a roll is told no oftener than that of sheets.

OnPage = Callable[[int, int], None]  # Labels done, labels in all; raising stops the work.


def write_sheets(
    target: BinaryIO,
    batch: Batch,
    *,
    paper: str = DEFAULT_PAPER,
    output: Output = DEFAULT_OUTPUT,
    on_page: OnPage,
) -> None:
    """Write the labels of a batch as one PDF: `write_pdf` of its plan.

    Raises:
        CodeTooFine: the address is too long for a code that can be printed on this paper.
    """
    write_pdf(target, plan_labels(batch, paper, output), on_page=on_page)


def write_pdf(target: BinaryIO, plan: LabelPlan, *, on_page: OnPage) -> None:
    """Write the labels page by page. The same batch gives the same bytes."""
    batch = plan.batch
    width, height = page_dots(plan)
    point = MM / plan.dots_a_mm
    file = PdfFile(target, width=width * point, height=height * point)
    words = PageWords(file, plan, height)
    codes = codes_font(file)
    labels, whole = plan.paper.labels, len(batch.serials)
    pages = -(-whole // labels)
    for page in range(pages):
        serials = batch.serials[page * labels : (page + 1) * labels]
        header = "" if plan.paper.is_roll else _header(plan, page + 1, pages)
        file.add_page(_page(plan, words, serials, header))
        done = page * labels + len(serials)
        if done == whole or done // _TOLD_EACH > (done - len(serials)) // _TOLD_EACH:
            on_page(done, whole)
    file.finish(
        title=f"Tem – {lot_words(batch.lot)}",
        resources=f"/Font<</Q {codes} 0 R{words.fonts}>>/XObject<<{words.forms}>>",
    )


def page_dots(plan: LabelPlan) -> tuple[int, int]:
    """Give a page's width and height."""
    if not plan.paper.is_roll:
        assert plan.dots_a_mm == DOTS_A_MM[300]
        return SHEET_DOTS
    width, height = plan.paper.page_mm
    return plan.dots(width), plan.dots(height)


def _page(plan: LabelPlan, words: PageWords, serials: Sequence[int], header: str) -> bytes:
    """A page in dots, y upwards as PDF has it."""
    height = page_dots(plan)[1]
    texts = rules.serial_texts(serials)
    corners = plan.corners(len(serials))
    places = corners + np.array([plan.code_x, plan.code_y])
    places[:, 1] = height - places[:, 1]
    scale = MM / plan.dots_a_mm
    content = [f"{scale:.9g} 0 0 {scale:.9g} 0 0 cm\n".encode("ascii")]
    if plan.paper.kind is PaperKind.TO_CUT:
        content.append(_cutting_lines(plan, height))
    content.append(words.shared(len(serials)))
    content.append(b"BT/Q 1 Tf 1 TL\n")
    content.append(drawn_codes(plan.modules(texts), places, plan.module))
    content.append(words.serials(texts, corners))
    content.append(words.scratch_lines(texts, corners))
    if header:
        content.append(words.line(header, x=plan.paper.left_mm, top=_HEADER_MM))
    content.append(b"ET")
    return b"".join(content)


def _header(plan: LabelPlan, page: int, pages: int) -> str:
    """What the clerk at the printer must know, in the margin above the labels."""
    text = plain(
        f"{lot_words(plan.batch.lot)} · tờ {page}/{pages} · {plan.paper.words}"
        " · In đúng cỡ (100 %), không thu phóng"
    )
    room = (plan.paper.page_mm[0] - 2 * plan.paper.left_mm) * MM
    return shortened(text, REGULAR, _HEADER_POINTS, room)


def _cutting_lines(plan: LabelPlan, height: int) -> bytes:
    """Hairlines between labels that are cut by hand, light enough for a reader not to see them."""
    paper, beyond = plan.paper, _CUT_BEYOND_MM
    left, top = paper.left_mm, paper.top_mm
    right, bottom = left + paper.columns * paper.width_mm, top + paper.rows * paper.height_mm
    lines = [
        (x, top - beyond, x, bottom + beyond)
        for x in (left + column * paper.pitch_x_mm for column in range(paper.columns + 1))
    ] + [
        (left - beyond, y, right + beyond, y)
        for y in (top + row * paper.pitch_y_mm for row in range(paper.rows + 1))
    ]
    drawn = "".join(
        f"{plan.dots(x)} {height - plan.dots(y)} m {plan.dots(to_x)} {height - plan.dots(to_y)} l\n"
        for x, y, to_x, to_y in lines
    )
    return f"q 1 w .8 G\n{drawn}S Q\n".encode("ascii")
