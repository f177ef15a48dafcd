"""What stands on a page besides its labels: its size, the line above them, lines to cut along."""

from typing import Final

from traceability.adapters.label_plan import LabelPlan
from traceability.adapters.label_words import MM, lot_words
from traceability.adapters.lettering import REGULAR, plain, shortened
from traceability.adapters.outputs import DOTS_A_MM

# A4 in whole dots of a 300 dpi printer, 0.03 mm off: so every module falls on dots, counted from
# any edge.
SHEET_DOTS: Final = (2480, 3508)
HEADER_MM: Final = 7.0  # From the sheet's top: within what every printer reaches.
HEADER_POINTS: Final = 7.0
CUT_GREY: Final = 0.8  # Light enough for a reader not to see the lines.
_CUT_BEYOND_MM: Final = 1.0  # What a cutting line shows beyond the labels.


def page_dots(plan: LabelPlan) -> tuple[int, int]:
    """Give a page's width and height."""
    if not plan.paper.is_roll:
        assert plan.dots_a_mm == DOTS_A_MM[300]
        return SHEET_DOTS
    width, height = plan.paper.page_mm
    return plan.dots(width), plan.dots(height)


def header(plan: LabelPlan, page: int, pages: int) -> str:
    """Give what the clerk at the printer must know, in the margin above the labels."""
    text = plain(
        f"{lot_words(plan.batch.lot)} · tờ {page}/{pages} · {plan.paper.words}"
        " · In đúng cỡ (100 %), không thu phóng"
    )
    room = (plan.paper.page_mm[0] - 2 * plan.paper.left_mm) * MM
    return shortened(text, REGULAR, HEADER_POINTS, room)


def cutting_lines(plan: LabelPlan) -> list[tuple[int, int, int, int]]:
    """Give hairlines between labels that are cut by hand: from x, y to x, y in dots from above."""
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
    return [
        (plan.dots(x), plan.dots(y), plan.dots(to_x), plan.dots(to_y)) for x, y, to_x, to_y in lines
    ]
