"""Whether the process lives, and whether what it depends on answers."""

from apiflask import APIBlueprint
from flask import Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from core.work import reading

bp = APIBlueprint("health", __name__, enable_openapi=False)


@bp.get("/healthz")
def healthz() -> Response:
    """The process answers: nothing else is asked."""
    return jsonify(status="ok")


@bp.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Each thing the process depends on, named; 503 when one is missing."""
    parts = {"database": _database()}
    ready = all(state == "ok" for state in parts.values())
    return jsonify(status="ok" if ready else "not ready", **parts), 200 if ready else 503


def _database() -> str:
    try:
        with reading() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        return type(error).__name__
    return "ok"
