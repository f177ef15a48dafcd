"""What a browser keeps to check signed stamps without a network (docs/adr/0020)."""

import hashlib
import json

from apiflask import APIBlueprint
from flask import Response, current_app, make_response, request

from core import clock, display
from core.clock import day_of
from core.language import current_language
from core.pages import ROOT, asset, page
from core.work import reading
from traceability import queries
from traceability.log_place import log_place
from traceability.queries import StampingKeyCard
from traceability.routes.log_away import readable_log

bp = APIBlueprint("offline", __name__, enable_openapi=False)
WORKER_FILE = "traceability/offline_worker.js"
KEYS, MAKERS = "/log/keys", "/scan/makers"
READER = "/static/vendor/qr-0.7.0/decode.js"
ED25519 = "/static/vendor/noble-ed25519-3.2.0/ed25519.js"


@bp.get("/log/keys")
def keys() -> Response:
    """The keys that signed stamps, each with the index of the log's entry that tells it.

    `python -m traceability.audit` confirms them by these entries.
    """
    with reading() as session:
        told = [_key(one) for one in queries.stamping_keys(session)]
    with readable_log():
        note = log_place().log.published_note()
    day = display.day(clock.today(), current_language())
    return _fresh({"day_words": day, "checkpoint": note, "keys": told})


@bp.get("/scan/makers")
def makers() -> Response:
    """Makers by name, each with the GTINs that signed stamps carry, as numbers: the least to send.

    A GTIN of two makers is left out.
    """
    goods: dict[str, list[int]] = {}
    with reading() as session:
        for gtin, name in sorted(queries.makers_of_signed(session).items()):
            goods.setdefault(name, []).append(int(gtin))
    return _fresh(goods)


@bp.get("/scan/offline")
def shell() -> Response:
    """The page to scan with where there is no network; whoever opens it with one is told so."""
    settings = current_app.config["SETTINGS"]
    return page(
        "traceability/offline.html",
        keys=KEYS,
        makers=MAKERS,
        site=settings.public_url,
        sms_number=settings.sms_number,
        # A browser that keeps the page fetches it; one that shows it navigates.
        is_opened=request.headers.get("Sec-Fetch-Mode") == "navigate",
    )


@bp.get("/scan-worker.js")
def worker() -> Response:
    """The service worker with what it keeps: other bytes after each change of a file."""
    body = (ROOT / "static" / WORKER_FILE).read_text(encoding="utf-8")
    named = {"SHELL": shell_address(), "KEPT": kept_files(), "CACHE": cache_name()}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in named.items())
    answer = make_response(head + body)
    answer.headers["Content-Type"] = "text/javascript; charset=utf-8"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def shell_address() -> str:
    """The page kept, in the language of whoever keeps it."""
    return f"/scan/offline?lang={current_language()}"


def kept_files() -> list[str]:
    """All that the kept page needs."""
    look = ("ui/tokens.css", "ui/look.css", "ui/seal.svg", "ui/icon-touch-180.png")
    scripts = ("traceability/offline.js", "traceability/camera.js")
    return [*map(asset, (*look, "traceability/scan.css", *scripts)), READER, ED25519, KEYS, MAKERS]


def cache_name() -> str:
    """The name of what is kept, by its files: another after each change."""
    told = json.dumps([shell_address(), kept_files()])
    return f"scan-{hashlib.sha256(told.encode()).hexdigest()[:10]}"


def _key(one: StampingKeyCard) -> dict[str, object]:
    revoked = one.revoked_at
    return {
        "key": one.key,
        "public": one.public,
        "from": one.from_at.isoformat(),
        "index": one.index,
        "until": one.until_at.isoformat() if one.until_at else None,
        "revoked": revoked.isoformat() if revoked else None,
        "revoked_words": display.day(day_of(revoked), current_language()) if revoked else None,
    }


def _fresh(told: object) -> Response:
    """Asked for at each visit, sent only where it is other than what the browser has."""
    answer = make_response(json.dumps(told, ensure_ascii=False, separators=(",", ":")))
    answer.headers["Content-Type"] = "application/json"
    answer.headers["Cache-Control"] = "no-cache"
    answer.add_etag(weak=True)
    answer.make_conditional(request.environ)
    return answer
