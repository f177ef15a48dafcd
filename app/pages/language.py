"""The language switch: the only place that sets the cookie `lang`."""

from apiflask import APIBlueprint
from flask import Response, abort, request

from core.language import LANGUAGES
from core.redirects import local_path, see_other

bp = APIBlueprint("language", __name__, enable_openapi=False)
COOKIE_SECONDS = 365 * 24 * 3600


@bp.get("/language/<language>")
def choose(language: str) -> Response:
    """Remember the language and go back to where the reader was."""
    if language not in LANGUAGES:
        abort(404)
    response = see_other(local_path(request.args.get("next", "/")))
    response.set_cookie(
        "lang",
        language,
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return response
