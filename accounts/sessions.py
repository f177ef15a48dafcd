"""The cookie of a sign-in: a random key and nothing else. Its row is `sign_in`."""

import hashlib
import hmac
from typing import Any

from flask import Flask, Request, Response, current_app, g, request, session
from flask.sessions import SessionInterface, SessionMixin

from accounts.codes import CODE_LASTS, PROOF_LASTS
from accounts.identities import LASTS
from accounts.second_rules import STEP_LASTS, TRUSTED_FOR
from accounts.service import SIGN_IN_DAYS
from core.guard import SESSION_COOKIE

SESSION_SECONDS = SIGN_IN_DAYS * 24 * 3600
PROOF_COOKIE = "goc_proof"
SECOND_COOKIE = "goc_second"  # A step on the way in: it opens nothing without the second thing.
DEVICE_COOKIE = "goc_device"
BROWSER_COOKIE = "goc_browser"  # Kept over signing out; no page of a stamp reads it.
# As long as browsers keep any cookie (RFC 6265bis, 5.5).
BROWSER_SECONDS = 400 * 24 * 3600
IDENTITY_COOKIE = "goc_identity"  # Sealed: what was asked of the provider, or what came back.
PROOF_SECONDS = int((CODE_LASTS + PROOF_LASTS).total_seconds())


class KeySession(dict[str, Any], SessionMixin):
    """What Flask-WTF reads its token from. Nothing put here outlives the request."""


class KeySessions(SessionInterface):
    """Derives the form token from the cookie's key: no second cookie, no stored token, no expiry.

    It asks no database, so a form sent after its sign-in ended is still known to be ours.
    """

    def open_session(self, app: Flask, request: Request) -> KeySession:
        """Give the session of this request; empty without a cookie."""
        g.pop("csrf_token", None)  # Flask-WTF keeps its token there: it ends with the session.
        key = request.cookies.get(SESSION_COOKIE)
        return KeySession(csrf_token=token_of(app, key)) if key else KeySession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write nothing: the cookie is set at sign-in alone, by `set_key`."""


def is_secure() -> bool:
    """Whether cookies may travel by TLS alone."""
    return request.is_secure or current_app.config["SETTINGS"].public_url.startswith("https://")


def set_key(response: Response, key: str, *, secure: bool) -> None:
    """Give the browser its new key, and the rest of this request the token that goes with it."""
    response.set_cookie(
        SESSION_COOKIE,
        key,
        max_age=SESSION_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=secure,
    )


def set_proof(response: Response, token: str, *, secure: bool) -> None:
    """Give the browser the token of a code it asked for: on a return from the SMS app it is there.

    Only forms of signing in and up set it; it opens nothing without the code.
    """
    response.set_cookie(
        PROOF_COOKIE,
        token,
        max_age=PROOF_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=secure,
    )


def clear_proof(response: Response) -> None:
    """Take the token from the browser."""
    response.delete_cookie(PROOF_COOKIE, httponly=True, samesite="Lax")


def set_second(response: Response, token: str, *, secure: bool) -> None:
    """Give the browser that showed the first thing what it waits for the second with."""
    response.set_cookie(
        SECOND_COOKIE,
        token,
        max_age=int(STEP_LASTS.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=secure,
    )


def clear_second(response: Response) -> None:
    """Take it from the browser."""
    response.delete_cookie(SECOND_COOKIE, httponly=True, samesite="Lax")


def set_device(response: Response, token: str, *, secure: bool) -> None:
    """Have the browser be known again, by its person's wish."""
    response.set_cookie(
        DEVICE_COOKIE,
        token,
        max_age=int(TRUSTED_FOR.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=secure,
    )


def set_browser(response: Response, token: str, *, secure: bool) -> None:
    """Have the browser be known as one its enterprise used before; it opens nothing."""
    response.set_cookie(
        BROWSER_COOKIE,
        token,
        max_age=BROWSER_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=secure,
    )


def set_identity(response: Response, sealed: str, *, secure: bool) -> None:
    """Have the browser carry what is asked of a provider of identities, or what it said."""
    response.set_cookie(
        IDENTITY_COOKIE,
        sealed,
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        samesite="Lax",  # It comes along when the provider sends the browser back.
        secure=secure,
    )


def clear_identity(response: Response) -> None:
    """Take it from the browser."""
    response.delete_cookie(IDENTITY_COOKIE, httponly=True, samesite="Lax")


def use_key(key: str) -> None:
    """Draw the forms of this very answer for a sign-in that has just begun."""
    g.pop("csrf_token", None)
    session["csrf_token"] = token_of(current_app, key)


def clear_key(response: Response) -> None:
    """Take the key from the browser; the row is ended by the service."""
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="Lax")


def token_of(app: Flask, key: str) -> str:
    """The form token that belongs to a key, before Flask-WTF signs it."""
    secret = app.config["SECRET_KEY"].encode()
    return hmac.new(secret, b"csrf_token:" + key.encode(), hashlib.sha256).hexdigest()
