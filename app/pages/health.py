"""Whether the process lives, whether what it depends on answers, and its counters."""

import hmac
import ipaddress
from datetime import timedelta

from apiflask import APIBlueprint
from flask import Response, abort, current_app, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.settings import Settings
from catalog.search import behind
from core import clock
from core.limits import misses
from core.metrics import exposition
from core.work import reading
from core.worker.beats import SILENT_AFTER, last_beat_at
from traceability import queries

# What proxies add (RFC 7239, RFC 9110, and the names before them).
FORWARDING = ("forwarded", "x-forwarded", "x-real-ip", "via")
UNPUBLISHED_FOR = timedelta(minutes=1)  # A witness that is down costs seconds, not minutes.

bp = APIBlueprint("health", __name__, enable_openapi=False)


@bp.get("/healthz")
def healthz() -> Response:
    """The process answers: nothing else is asked."""
    return jsonify(status="ok")


@bp.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Each thing the process depends on, named.

    503 without the database alone: with a silent worker pages are still worth more than none.
    """
    database = _database()
    if database != "ok":
        return jsonify(status="not ready", database=database), 503
    parts = {"worker": _worker(), "log": _log(), **_limits(), **_search()}
    status = "ok" if all(part == "ok" for part in parts.values()) else "degraded"
    return jsonify(status=status, database=database, **parts), 200


def _database() -> str:
    try:
        with reading() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        return type(error).__name__
    return "ok"


def _worker() -> str:
    with reading() as session:
        beat_at = last_beat_at(session)
    if beat_at is None:
        return "never seen"
    age = clock.now() - beat_at
    return "ok" if age <= SILENT_AFTER else f"last seen {age.total_seconds():.0f} s ago"


def _log() -> str:
    """How far the public log is behind what happened."""
    with reading() as session:
        waiting = queries.waiting_entries(session)
    if waiting.since_at is None or clock.now() - waiting.since_at <= UNPUBLISHED_FOR:
        return "ok"
    return f"{waiting.count} entries wait since {waiting.since_at:%Y-%m-%dT%H:%M:%SZ}"


def _limits() -> dict[str, str]:
    """The shared counters of misses, where they are set; without them each process counts."""
    answers = misses().answers()
    if answers is None:
        return {}
    return {"limits": "ok" if answers else "does not answer, each process counts for itself"}


def _search() -> dict[str, str]:
    """Each engine's index: how much it has still to follow."""
    return {f"search_{engine}": _lag(changes) for engine, changes in behind().items()}


def _lag(changes: int | None) -> str:
    if changes is None:
        return "does not answer"
    return f"{changes} changes behind" if changes else "ok"


@bp.get("/metrics")
def metrics() -> Response:
    """Counters for Prometheus; to strangers there is no such page."""
    if not _may_read_metrics():
        abort(404)
    return Response(exposition(), content_type=CONTENT_TYPE_LATEST)


def _may_read_metrics() -> bool:
    """With GOC_METRICS_TOKEN its bearer may; without it, in a demo, this machine.

    In production this machine alone is no proof: behind a proxy everybody comes from it. Nor is it
    in a demo when a proxy nobody told us of (GOC_PROXIES) says that it asks for another.
    """
    settings: Settings = current_app.config["SETTINGS"]
    if settings.metrics_token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {settings.metrics_token}".encode())
    if not settings.is_demo or (not settings.proxies and _was_forwarded()):
        return False
    return _is_this_machine(request.remote_addr or "")


def _was_forwarded() -> bool:
    return any(name.lower().startswith(FORWARDING) for name in request.headers.keys())  # noqa: SIM118  # Not a dict.


def _is_this_machine(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
