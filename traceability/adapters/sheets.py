"""Labels as a vector PDF: sheets of A4, or a roll whose pages are its rows."""

from collections.abc import Callable, Sequence
from typing import BinaryIO, Final

import numpy as np

from traceability import rules
from traceability.adapters.label_plan import LabelPlan, plan_labels
from traceability.adapters.label_words import MM, Batch, lot_words
from traceability.adapters.outputs import DEFAULT_OUTPUT, Output
from traceability.adapters.papers import DEFAULT_PAPER, PaperKind
from traceability.adapters.pdf_codes import codes_font, drawn_codes
from traceability.adapters.pdf_file import PdfFile
from traceability.adapters.pdf_words import PageWords
from traceability.adapters.sheet_margins import (
    HEADER_MM,
    SHEET_DOTS,
    cutting_lines,
    header,
    page_dots,
)

__all__ = ["SHEET_DOTS", "Batch", "OnPage", "write_pdf", "write_sheets"]

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
        margin = "" if plan.paper.is_roll else header(plan, page + 1, pages)
        file.add_page(_page(plan, words, serials, margin))
        done = page * labels + len(serials)
        if done == whole or done // _TOLD_EACH > (done - len(serials)) // _TOLD_EACH:
            on_page(done, whole)
    file.finish(
        title=f"Tem – {lot_words(batch.lot)}",
        resources=f"/Font<</Q {codes} 0 R{words.fonts}>>/XObject<<{words.forms}>>",
    )


def _page(plan: LabelPlan, words: PageWords, serials: Sequence[int], margin: str) -> bytes:
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
    if margin:
        content.append(words.line(margin, x=plan.paper.left_mm, top=HEADER_MM))
    content.append(b"ET")
    return b"".join(content)


def _cutting_lines(plan: LabelPlan, height: int) -> bytes:
    drawn = "".join(
        f"{x} {height - y} m {to_x} {height - to_y} l\n" for x, y, to_x, to_y in cutting_lines(plan)
    )
    return f"q 1 w .8 G\n{drawn}S Q\n".encode("ascii")
