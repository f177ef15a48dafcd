"""The front door."""

from apiflask import APIBlueprint
from flask import Response

from core.pages import public_page

bp = APIBlueprint("home", __name__, enable_openapi=False)


@bp.get("/")
def home() -> Response:
    """What is here and where to begin: place and kind first."""
    return public_page("app/home.html", versions=(), context=dict)
