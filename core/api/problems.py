"""Every error below /api is one problem of RFC 9457: the only place that makes them.

So is one of an address elsewhere that answers JSON too, where that was asked for.
"""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, current_app, g, request

from core.api.errors import FieldsRefused
from core.errors import AppError
from core.language import gettext

PREFIX = "/api/"
_KIND = "application/problem+json"
_WORDS = re.compile(r"(?<!^)(?=[A-Z])")
_MINUTE_SECONDS = 60
# Numbers of a refusal's sentence that programs go on with: how many are left, for one.
NUMBERS = ("asked", "left", "most", "first", "last")
IDS = ("open_codes",)  # Public ids of what stands in the way.


def is_asked() -> bool:
    """Whether this request is a program's, so that its errors are problems."""
    return request.path.startswith(PREFIX) or "problems_asked" in g


def ask() -> None:
    """Answer this request's errors as problems from here on: it asks for JSON."""
    g.problems_asked = True


def refusal(error: AppError) -> Response:
    """A refusal as a problem: its name as `code`, its sentence as `detail`, fields as `errors`."""
    detail = gettext(error.sentence, **error.values)
    members: dict[str, Any] = {
        name: error.values[name] for name in (*NUMBERS, *IDS) if name in error.values
    }
    if isinstance(error, FieldsRefused):
        members["errors"] = _errors(error.fields)
    elif field := getattr(error, "field", ""):  # A refusal that stands beside a field on pages.
        members["errors"] = _errors({field: detail})
    if "scope" in error.values:
        members["scope"] = str(error.values["scope"])
    response = problem(error.status, detail, code=code_of(type(error)), **members)
    if "minutes" in error.values:
        response.headers["Retry-After"] = str(int(str(error.values["minutes"])) * _MINUTE_SECONDS)
    challenge = getattr(error, "challenge", "")
    if error.status == HTTPStatus.UNAUTHORIZED or challenge:
        scope = f', scope="{members["scope"]}"' if "scope" in members else ""
        said = f', error="{challenge}"' if challenge else ""
        response.headers["WWW-Authenticate"] = f'Bearer realm="goc"{said}{scope}'
    return response


def problem(status: int, detail: str, *, code: str = "", **members: Any) -> Response:
    """A problem: `title` is the status's own name, `detail` what a person reads."""
    title = HTTPStatus(status).phrase
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code or title.lower().replace(" ", "_").replace("-", "_"),
        "request_id": g.get("request_id", ""),
        **members,
    }
    response = Response(current_app.json.dumps(body) + "\n", status, content_type=_KIND)
    response.headers["Cache-Control"] = "no-store"
    return response


def code_of(error: type[AppError]) -> str:
    """The name programs know a refusal by: `LotSealed` is `lot_sealed`."""
    return _WORDS.sub("_", error.__name__).lower()


def _errors(fields: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"field": name, "detail": said} for name, said in fields.items()]
