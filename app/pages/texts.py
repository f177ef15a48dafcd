"""Pages that explain, and what robots are told."""

from datetime import date

from apiflask import APIBlueprint
from flask import Response, current_app, make_response

from app.pages.periods import span
from catalog.search.quality import POINTS
from catalog.search.ranking import THEN, TIERS
from core import display
from core.language import current_language
from core.pages import public_page
from core.periods import PERIODS, Ground, Period

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
        context=lambda: {"grounds": _by_ground(), "day": _day},
    )


def _by_ground() -> dict[Ground, list[tuple[Period, str]]]:
    """Periods with their words, by what they rest on."""
    grounds: dict[Ground, list[tuple[Period, str]]] = {}
    for one in PERIODS:
        grounds.setdefault(one.ground, []).append((one, span(one)))
    return grounds


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
        private = ("/s/", "/01/", "/checks/", "/print/", "/manage", "/office")
        lines += [f"Disallow: {path}" for path in private]
    response = make_response("\n".join(lines) + "\n")
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
