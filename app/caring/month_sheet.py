"""The report as lines of a sheet, as a text for a chat, and its picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from app.caring.month import Report
from app.caring.month_lines import Line, shortened
from catalog.sheets import Cell
from core import display
from core.language import current_language

BAR_WIDTH, BAR_GAP, HEIGHT = 36, 8, 100  # Of the picture, in its own units.


@dataclass(frozen=True)
class Bar:
    """A month of the picture: where its bar stands, and what it says."""

    x: int
    height: int
    words: str
    percent: int
    own: int
    acts: int


def month_words(first: date) -> str:
    """A month as people write it: "10/2026"."""
    return f"{first.month}/{first.year}"


def heading() -> list[str]:
    """The columns of the sheet."""
    return [
        gettext("Địa bàn"),
        gettext("Tháng"),
        gettext("Phần"),
        gettext("Số liệu"),
        gettext("Tháng này"),
        gettext("Tháng trước"),
        gettext("Chênh"),
        gettext("Chỉ tiêu năm"),
        gettext("Cả năm đã được"),
    ]


def rows(report: Report, place: str) -> list[list[Cell]]:
    """The report as lines of a sheet; each names its place and month, so sheets can be stacked."""
    return [
        [
            place,
            month_words(report.span.first_on),
            gettext(part),
            gettext(line.kind.words),
            line.number,
            line.before,
            line.change,
            line.target,
            line.reached if line.target is not None else None,
        ]
        for part, lines in report.parts
        for line in lines
    ]


def chat_text(report: Report, place: str) -> str:
    """The report in at most 1,000 letters, to paste into a chat."""
    locale = current_language()
    first = gettext(
        "Báo cáo tháng %(month)s, %(place)s (tính đến %(day)s)",
        month=month_words(report.span.first_on),
        place=place,
        day=display.moment_day(report.counted_at, locale),
    )
    return shortened([first, *(_said(line, locale) for _, lines in report.parts for line in lines)])


def bars(alone: Sequence[tuple[date, int, int]]) -> list[Bar]:
    """The share of acts done without a helper, month by month, as a picture."""
    found = []
    for place, (first, acts, own) in enumerate(alone):
        percent = 100 * own // acts
        x = place * (BAR_WIDTH + BAR_GAP)
        found.append(Bar(x, percent * HEIGHT // 100, month_words(first), percent, own, acts))
    return found


def _said(line: Line, locale: str) -> str:
    words = f"{gettext(line.kind.words)}: {display.number(line.number, locale)}"
    if line.change:
        words += f" ({line.change:+d})".replace("-", "−")
    if line.percent is not None:
        words += f", {line.percent} %"
    return words
