"""One guard for every unsafe method: a form of another site changes nothing here."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import Flask, current_app, request
from flask_wtf.csrf import CSRFProtect

from core.errors import AppError, sentence

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
SESSION_COOKIE = "goc"
API = "/api/"  # A token in a header authorises there: no page of another site can add one.

P = ParamSpec("P")
R = TypeVar("R")
csrf = CSRFProtect()


class ForeignForm(AppError):
    """The request was made by a page of another site."""

    status = 403
    sentence = sentence(
        "Yêu cầu này đến từ một trang khác nên không được nhận. Xin mở lại trang và thử lại."
    )


def anonymous_form(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a form that needs no `csrf_token`: whoever sends it gains nothing from a session."""
    view.is_anonymous_form = True  # type: ignore[attr-defined]  # Read by the guard below.
    return view


def init_guard(app: Flask) -> None:
    """Judge every unsafe request before its view runs."""
    csrf.init_app(app)
    app.before_request(refuse_foreign)


def refuse_foreign() -> None:
    """Let our own pages through, and programs without a session.

    `Sec-Fetch-Site` decides where the browser sends it, else `Origin`; a request with neither is
    no browser's of today and must carry no session cookie. Signed-in forms need their token too.

    Raises:
        ForeignForm: another site's page asked.
    """
    if request.method in SAFE_METHODS or request.path.startswith(API):
        return
    if not _is_ours():
        raise ForeignForm(f"{request.method} from {request.headers.get('Sec-Fetch-Site')!r}")
    view = current_app.view_functions.get(request.endpoint or "")
    if SESSION_COOKIE in request.cookies and not getattr(view, "is_anonymous_form", False):
        csrf.protect()


def _is_ours() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    if origin is not None:
        # Compared as text: what a stranger sends is never parsed.
        ours = {current_app.config["SETTINGS"].public_url.lower(), request.host_url.rstrip("/")}
        return origin in ours
    return SESSION_COOKIE not in request.cookies
