"""Pages that explain, and what robots are told."""

from datetime import date, timedelta

from apiflask import APIBlueprint
from flask import Response, current_app, make_response

from catalog.search.quality import POINTS
from catalog.search.ranking import THEN, TIERS
from core import display
from core.language import current_language, gettext
from core.pages import public_page
from core.periods import PERIODS, Period

_HOURS_TOLD = 24  # Longer spans are told in days.
bp = APIBlueprint("texts", __name__, enable_openapi=False)


@bp.get("/pages/ranking")
def ranking() -> Response:
    """How the list is ordered: drawn from the ranking's own table, so it cannot differ from it."""
    return public_page(
        "app/pages/ranking.html",
        versions=(),
        context=lambda: {
            "tiers": [tier.sentence for tier in TIERS],
            "then": THEN,
            "points": list(POINTS.values()),
        },
    )


@bp.get("/pages/stamps")
def stamps() -> Response:
    """What a stamp proves and what not, and how a verdict comes about."""
    return public_page("app/pages/stamps.html", versions=(), context=dict)


@bp.get("/pages/privacy")
def privacy() -> Response:
    """What is kept of whom, why and how long: drawn from the table the worker's cleaners use."""
    return public_page(
        "app/pages/privacy.html",
        versions=(),
        context=lambda: {"periods": [(one, _span(one)) for one in PERIODS], "day": _day},
    )


def _span(period: Period) -> str:
    """How long, in whole hours, days or months."""
    hours = period.kept // timedelta(hours=1)
    if hours == 0:
        return gettext("xóa ngay")
    if hours <= _HOURS_TOLD:
        return gettext("%(hours)s giờ", hours=hours)
    if period.kept.days % 365 == 0:
        return gettext("%(months)s tháng", months=period.kept.days // 365 * 12)
    return gettext("%(days)s ngày", days=period.kept.days)


def _day(value: date) -> str:
    return display.day(value, current_language())


@bp.get("/robots.txt")
def robots() -> Response:
    """A demo is nobody's shop: it stays out of search engines. Stamps and desks always do."""
    settings = current_app.config["SETTINGS"]
    lines = ["User-agent: *"]
    if settings.is_demo:
        lines.append("Disallow: /")
    else:
        lines += [f"Disallow: {path}" for path in ("/s/", "/01/", "/checks/", "/manage", "/office")]
    response = make_response("\n".join(lines) + "\n")
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
