"""Rendering: private pages are never stored; public ones answer 304 before their template runs."""

import hashlib
from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request
from markupsafe import Markup

from core import clock
from core.language import current_language, english

ROOT = Path(__file__).resolve().parent.parent
LISTED_IN_BUILD = ("templates", "static", "translations")


def page(template: str, *, status: int = 200, **context: Any) -> Response:
    """A page made for one reader at one moment: `no-store`."""
    response = make_response(render_template(template, **context), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def public_page(
    template: str, *, versions: tuple[object, ...], context: Callable[[], Mapping[str, Any]]
) -> Response:
    """A page that is the same for everybody who reads the language.

    Its weak ETag covers the build, the language, today's date in Việt Nam (stars lapse by date
    without any row changing) and `versions`: whatever of the rows shown is raised when they change.
    `context` is asked only when the reader's copy is old.
    """
    parts = (build(), current_language(), clock.today(), request.full_path, *versions)
    tag = hashlib.sha256(repr(parts).encode()).hexdigest()[:20]
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        response = make_response(render_template(template, **context()))
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    response.vary.add("Cookie")  # The language's.
    return response


def warm_up(app: Flask) -> None:
    """Compile the public pages and read the texts: the first visitor need not wait for that."""
    for template in app.jinja_env.list_templates(filter_func=_is_public):
        app.jinja_env.get_template(template)
    english()
    build()


def _is_public(template: str) -> bool:
    return template.endswith(".html") and not {"manage", "office"} & set(template.split("/"))


@cache
def build() -> str:
    """A name for what is deployed: it changes when a template, text or asset does."""
    digest = hashlib.sha256()
    for folder in LISTED_IN_BUILD:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file():
                digest.update(f"{path.relative_to(ROOT)}{path.stat().st_size}".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def part(template: str, **always: Any) -> Markup:
    """A piece of a page that is the same on every page of a language, drawn once by a process.

    `always` is what it needs, which is the same each time too: a form that nobody filled in.
    """
    drawn: dict[tuple[str, str], Markup] = current_app.extensions.setdefault("parts", {})
    key = (template, current_language())
    if key not in drawn:
        drawn[key] = Markup(render_template(template, **always))  # noqa: S704  # Our own templates escape.
    return drawn[key]


@cache
def asset(name: str) -> str:
    """The address of a file below `static/`, with its content's fingerprint: cached for a year."""
    fingerprint = hashlib.sha256((ROOT / "static" / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={fingerprint}"


@cache
def integrity(name: str) -> str:
    """What a browser shall find a file below `static/` to be, before it runs it (W3C, SRI)."""
    digest = hashlib.sha384((ROOT / "static" / name).read_bytes()).digest()
    return f"sha384-{b64encode(digest).decode()}"
