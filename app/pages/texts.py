"""Pages that explain, and what robots are told."""

from apiflask import APIBlueprint
from flask import Response, current_app, make_response

from catalog.search.quality import POINTS
from catalog.search.ranking import THEN, TIERS
from core.pages import public_page

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
