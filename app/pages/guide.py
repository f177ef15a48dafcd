"""`/guide`: how a farmer does each piece of work, in large letters, to read, hear or print."""

from apiflask import APIBlueprint
from flask import Response

from app.guide import CHAPTERS
from core.errors import NotFound
from core.pages import public_page

bp = APIBlueprint("guide", __name__, enable_openapi=False, url_prefix="/guide")


@bp.get("")
def home() -> Response:
    """What the guide has, one line a chapter."""
    return public_page("app/guide/home.html", versions=(), context=lambda: {"chapters": CHAPTERS})


@bp.get("/<name>")
def chapter(name: str) -> Response:
    """One chapter.

    Raises:
        NotFound: there is none of this name.
    """
    at = next((at for at, one in enumerate(CHAPTERS) if one.name == name), None)
    if at is None:
        raise NotFound("no such chapter")
    following = CHAPTERS[at + 1] if at + 1 < len(CHAPTERS) else None
    return public_page(
        "app/guide/chapter.html",
        versions=(),
        context=lambda: {"chapter": CHAPTERS[at], "following": following},
    )
