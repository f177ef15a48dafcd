"""What a resource answers: its shape as JSON, its version as ETag, never stored by anybody."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from flask import Response, current_app, request
from pydantic import BaseModel

API = "/api/v1"


@dataclass(frozen=True)
class Answer:
    """An answer that can be kept with its Idempotency-Key and given again, word for word."""

    status: int
    body: dict[str, Any] | None = None
    location: str = ""

    def kept(self) -> str:
        """As it is stored."""
        return json.dumps(asdict(self))


def answer_of(shape: BaseModel | None, *, status: int = 200, location: str = "") -> Answer:
    """The answer that shows `shape`; without one there is nothing to show (204)."""
    body = None if shape is None else shape.model_dump(mode="json")
    return Answer(status, body, location)


def kept_again(text: str) -> Answer:
    """An answer as it was kept."""
    return Answer(**json.loads(text))


def respond(answer: Answer) -> Response:
    """The response that says it."""
    text = "" if answer.body is None else current_app.json.dumps(answer.body) + "\n"
    response = Response(text, answer.status, content_type="application/json")
    if answer.body is None:
        del response.headers["Content-Type"]
    elif "version" in answer.body:
        response.set_etag(str(answer.body["version"]))
    if answer.location:
        response.headers["Location"] = answer.location
    response.headers["Cache-Control"] = "no-store"
    return response


def show(shape: BaseModel) -> Response:
    """What was asked for."""
    return respond(answer_of(shape))


def names_version() -> bool:
    """Whether the request says by If-Match which version it is meant for."""
    return "If-Match" in request.headers
