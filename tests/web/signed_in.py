"""A browser of somebody signed in, for the web tests of every feature."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from accounts.sessions import token_of
from core import ids
from core.guard import SESSION_COOKIE


class SignedIn:
    """Sends what our own pages send: the cookie and, with a form, its hidden fields."""

    def __init__(self, app: Flask, key: str, *, for_enterprise: str = "") -> None:
        self.client: FlaskClient = app.test_client()
        self.client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        self.client.set_cookie(SESSION_COOKIE, key)
        self.for_enterprise = for_enterprise
        self.csrf_token = URLSafeTimedSerializer(
            app.config["SECRET_KEY"], salt="wtf-csrf-token"
        ).dumps(token_of(app, key))

    def get(self, path: str, **more: Any) -> TestResponse:
        """Open a page."""
        return self.client.get(path, **more)

    def post(self, path: str, fields: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        """Send a form as it was drawn; `fields` win over the hidden ones."""
        hidden = {
            "csrf_token": self.csrf_token,
            "request_id": ids.token(),
            "for_enterprise": self.for_enterprise,
        }
        return self.client.post(path, data={**hidden, **(fields or {})}, **more)
