"""The public log for everybody: its files as C2SP's tools read them, a page for people, proofs."""

from apiflask import APIBlueprint
from flask import Response, abort, make_response, request
from sqlalchemy.orm import Session

from core import display
from core.errors import NotFound
from core.limits import misses, network_of
from core.pages import asset, integrity, public_page
from core.work import reading
from traceability import proving, queries, rules
from traceability.errors import MalformedSerial
from traceability.locking import signings_of
from traceability.log.checkpoints import parse_checkpoint
from traceability.log.files import DiskFiles
from traceability.log.notes import split_note
from traceability.log.tiles import parse_tile_path
from traceability.log_place import POLICY_FILE, log_place
from traceability.queries import StampRow
from traceability.routes.log_away import readable_log
from traceability.routes.stamp import MISSES
from traceability.verifier import LIBRARY, verifier_file

bp = APIBlueprint("log", __name__, enable_openapi=False)
PLAIN = "text/plain; charset=utf-8"
HTML = "text/html; charset=utf-8"
SHORT = "public, max-age=1"  # A checkpoint is new within seconds.
FOR_EVER = "public, max-age=31536000, immutable"  # A tile of a published tree never changes.


@bp.get("/log")
def shown() -> Response:
    """What the log is, how far it goes, who watches it, and how to check it."""
    place = log_place()
    with readable_log():
        note = place.log.published_note()
        size = parse_checkpoint(split_note(note)[0]).size if note else 0
    return public_page(
        "traceability/log.html", versions=(note,), context=lambda: _facts(note, size)
    )


@bp.get("/log/checkpoint")
def checkpoint() -> Response:
    """The signed checkpoint (c2sp.org/tlog-checkpoint)."""
    with readable_log():
        note = log_place().log.published_note()
    return _answer(note.encode() if note else None, PLAIN, SHORT)


@bp.get("/log/policy")
def policy() -> Response:
    """Whom to believe (c2sp.org/tlog-policy): compare the keys with those printed elsewhere."""
    with readable_log():
        text = DiskFiles().read(log_place().folder / POLICY_FILE)
    return _answer(text, PLAIN, SHORT)


@bp.get("/log/verify")
def verify_page() -> Response:
    """A page that checks a proof in the visitor's browser, by the log's policy or another."""
    text = _policy_text()
    return public_page(
        "traceability/verify.html",
        versions=(text,),
        context=lambda: {
            "policy": text,
            "fallback": asset(LIBRARY),
            "fallback_integrity": integrity(LIBRARY),
        },
    )


@bp.get("/log/verify.html")
def verify_file() -> Response:
    """The same as one file to keep: it works from a disk, without us."""
    response = _answer(verifier_file(_policy_text()).encode(), HTML, SHORT)
    response.headers["Content-Disposition"] = "attachment; filename=verify.html"
    return response


@bp.get("/log/tile/<path:path>")
def tile(path: str) -> Response:
    """A tile or a bundle of entries (c2sp.org/tlog-tiles), of what is published alone."""
    wished = parse_tile_path(f"tile/{path}")
    with readable_log():
        published = log_place().log.published()
        if wished is None or published is None or not wished.is_in(published.size):
            abort(404)
        # Its own spelling, not the visitor's. A part may go at this moment, replaced by its whole.
        found = DiskFiles().read(log_place().folder / wished.path)
    return _answer(found, "application/octet-stream", FOR_EVER)


@bp.get("/s/<text>/proof")
def proof(text: str) -> Response:
    """The proof of a stamp, to be checked without us. Fetching it is not a check.

    Limited as the stamp's page is: numbers that are none count, hits never do.
    """
    with reading() as session:
        stamp = _stamp(session, text)
        made = proving.stamp_proof(session, stamp, log_place())
    response = _answer(made.text().encode(), PLAIN, "no-store")
    name = f"{rules.serial_text(stamp.serial)}.tlog-proof"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


def _policy_text() -> str:
    """The log's policy; empty before its first publication."""
    with readable_log():
        text = DiskFiles().read(log_place().folder / POLICY_FILE)
    return (text or b"").decode(errors="replace")


def _stamp(session: Session, text: str) -> StampRow:
    """The stamp with this number, where there is one; else the miss counts."""
    try:
        stamp = queries.stamp_row(session, rules.parse_serial(text))
    except MalformedSerial:
        misses().take(MISSES, network_of(request.remote_addr))
        raise
    if stamp is None:
        misses().take(MISSES, network_of(request.remote_addr))
        raise NotFound("no such stamp")
    return stamp


def _answer(content: bytes | None, kind: str, kept: str) -> Response:
    if content is None:
        abort(404)
    response = make_response(content)
    response.headers["Content-Type"] = kind
    response.headers["Cache-Control"] = kept
    return response


def _facts(note: str | None, size: int) -> dict[str, object]:
    place = log_place()
    with reading() as session:
        at = queries.last_published_at(session)
    return {
        "url": f"{place.public_url}/log",
        "display": display,
        "size": size,
        "witnesses": [one.label for one in signings_of(note, place.witnesses) if one.has_signed],
        "at": at,
    }
