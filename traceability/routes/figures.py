"""`/pages/figures`: all stamps together, month by month, and the same as a file."""

import csv
from io import StringIO

from apiflask import APIBlueprint
from flask import Response, make_response, request

from core import display
from core.errors import sentence
from core.language import current_language, gettext
from core.pages import public_page
from core.work import reading
from traceability import queries, rules
from traceability.rules import Hidden

bp = APIBlueprint("figures", __name__, enable_openapi=False)
MONTHS_SHOWN = 24
MOST_MONTHS = 1_200  # Of the file: a century.
DAY_SECONDS = 86_400
HEADINGS = {
    "stamps_issued": sentence("Tem phát ra"),
    "stamps_active": sentence("Tem báo đã dán"),
    "stamps_void": sentence("Tem bị hủy"),
    "checks_first": sentence("Kiểm lần đầu"),
    "checks_again": sentence("Đã có lượt trước"),
    "checks_attentive": sentence("Nhiều lượt, nên xem kỹ"),
    "reports_new": sentence("Lời báo mới"),
    "reports_closed": sentence("Lời báo đã xong"),
    "cases_new": sentence("Vụ việc mở"),
    "cases_fake": sentence("Kết luận: có hàng giả"),
    "cases_genuine": sentence("Kết luận: hàng của người làm"),
    "cases_unclear": sentence("Kết luận: chưa rõ"),
    "lots_recalled": sentence("Lô bị thu hồi"),
}


@bp.get("/pages/figures")
def shown() -> Response:
    """Stamps, checks by what was said of them, and reports: two years, the newest first."""
    with reading() as session:
        months = [
            (month.first_on, rules.told(month.figures))
            for month in queries.told_months(session, at_most=MONTHS_SHOWN)
        ]
    return public_page(
        "traceability/figures.html",
        versions=(months,),
        context=lambda: {
            "headings": [gettext(HEADINGS[name]) for name in rules.FIGURES],
            "months": [
                (first_on.strftime("%m/%Y"), [_words(each) for each in figures.values()])
                for first_on, figures in months
            ],
            "fewest": rules.FEWEST_SHOWN,
        },
    )


@bp.get("/pages/figures.csv")
def sheet() -> Response:
    """All months as CSV (RFC 4180), the oldest first.

    `<5` where a number is hidden; empty where it was not counted yet.
    """
    with reading() as session:
        months = queries.told_months(session, at_most=MOST_MONTHS)
    content = StringIO()
    writer = csv.writer(content)
    writer.writerow(("month", *rules.FIGURES))
    for month in reversed(months):
        told = rules.told(month.figures).values()
        writer.writerow((month.first_on.strftime("%Y-%m"), *map(_cell, told)))
    answer = make_response(content.getvalue())
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = "attachment; filename=goc-figures.csv"
    answer.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    answer.add_etag()
    answer.make_conditional(request.environ)
    return answer


def _cell(count: int | Hidden) -> str:
    if count is Hidden.NOT_COUNTED:
        return ""
    return f"<{rules.FEWEST_SHOWN}" if count is Hidden.SMALL else str(count)


def _words(count: int | Hidden) -> str:
    if count is Hidden.NOT_COUNTED:
        return "–"
    if count is Hidden.SMALL:
        return gettext("dưới %(fewest)s", fewest=rules.FEWEST_SHOWN)
    assert isinstance(count, int), count
    return display.number(count, current_language())
