"""Each request: an id of ours, one line in the log, one count. Nothing that tells who asked."""

import time

from flask import Flask, Response, g, request
from structlog import get_logger
from structlog.contextvars import bind_contextvars, clear_contextvars

from core import ids
from core.metrics import REQUEST_SECONDS, REQUESTS

log = get_logger()
QUIET_ROUTES = frozenset({"/healthz", "/static/<path:filename>"})
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_ROUTE = "(none)"  # A path nobody serves is the visitor's own words: it is not written down.


def init_requests(app: Flask) -> None:
    """Called first, so that a request begins here and ends here."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.began = time.perf_counter()
    g.request_id = ids.public_id()
    clear_contextvars()
    bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    seconds = time.perf_counter() - g.began
    route = request.url_rule.rule if request.url_rule is not None else NO_ROUTE
    method = request.method if request.method in METHODS else "other"
    REQUESTS.labels(method, route, response.status_code).inc()
    REQUEST_SECONDS.labels(route).observe(seconds)
    response.headers["X-Request-ID"] = g.request_id
    if route not in QUIET_ROUTES:
        log.info(
            "request",
            method=method,
            route=route,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
        )
    return response
