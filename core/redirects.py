"""Where a form or a switch sends people: only to pages of ours."""

from urllib.parse import urlsplit

from flask import Response, redirect


def see_other(location: str) -> Response:
    """303: go and look there, with GET whatever was sent here."""
    response = redirect(location, 303)
    assert isinstance(response, Response)
    return response


def local_path(wish: str) -> str:
    r"""`wish` if it is a path of this site, else `/`.

    A browser reads `//evil`, `/\evil` and control characters as another host: those are refused.
    """
    parts = urlsplit(wish)
    is_path = wish.startswith("/") and not wish.startswith(("//", "/\\"))
    if parts.scheme or parts.netloc or not is_path or not wish.isprintable() or "\\" in wish:
        return "/"
    return wish
