"""What somebody was sending when their sign-in had ended: carried through every way in.

It stays in the person's own browser, signed by us; nothing of it is stored here before we know
whose it is.
"""

from dataclasses import dataclass

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from core.redirects import local_path

LONGEST = 100_000  # Characters; what is longer (no form of ours is) would not pass the next POST.
# Never carried: what belongs to one drawing of the form, and secrets.
_LEFT_OUT = frozenset({"csrf_token", "request_id", "password", "redraw"})


@dataclass(frozen=True)
class Draft:
    """A form on its way: where it goes, and its fields."""

    path: str
    fields: tuple[tuple[str, str], ...]


def carried() -> str:
    """This request's form, for a hidden field; empty when it is too long to carry."""
    fields = [
        (name, value) for name, value in request.form.items(multi=True) if name not in _LEFT_OUT
    ]
    text = _signer().dumps([request.path, fields])
    assert isinstance(text, str)
    return text if len(text) <= LONGEST else ""


def opened(text: str) -> Draft | None:
    """The form of a hidden field; None for an empty or foreign one."""
    try:
        path, fields = _signer().loads(text[:LONGEST])
    except BadSignature:
        return None
    return Draft(local_path(path), tuple((name, value) for name, value in fields))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="draft")
