"""Watching the public log: who locked it, and its newest batches, for people and for feed readers.

Only what the log itself says: no serials, no scans, nothing of people.
"""

import json
from dataclasses import dataclass, replace

from apiflask import APIBlueprint
from flask import Response, make_response, request
from sqlalchemy.orm import Session

from accounts.queries import makers_by_public_id
from catalog.queries import gtins_of
from core import display
from core.language import current_language, gettext
from core.pages import page, public_page
from core.paging import address, page_number
from core.work import reading
from traceability import queries
from traceability.locking import signings_of
from traceability.log.checkpoints import parse_checkpoint
from traceability.log.notes import split_note
from traceability.log_errors import GtinMalformed, MakerMalformed
from traceability.log_place import LogPlace, log_place
from traceability.queries.watching import Watched, watched_batches
from traceability.routes import watch_words as words
from traceability.routes.log_away import readable_log
from traceability.rules.watched import WatchedBatch, Wish, wished_gtin, wished_maker
from traceability.watch_feeds import ATOM, JSON_FEED, Feed, Item, atom, json_feed

bp = APIBlueprint("log_watch", __name__, enable_openapi=False)
WATCH, ATOM_FILE, JSON_FILE = "/log/watch", "/log/watch.atom", "/log/watch.json"
BATCHES_A_PAGE = 50
FEED_SECONDS = 60  # How long a copy of a feed may stand: batches come by the hour.


@dataclass(frozen=True)
class Published:
    """The log as it is published: whose, its note (None: nothing yet), how many entries."""

    place: LogPlace
    origin: str
    note: str | None
    size: int


@bp.get(WATCH)
def shown() -> Response:
    """How far the log goes, which witnesses signed it when, and its batches, the newest first."""
    log, number = _published(), _number()
    wish, wrong = _wish_as_typed()
    with reading() as session:
        wish = _with_own_gtins(session, wish)
        found = _found(session, wish, log, number)
    if not found.batches and number > 1:
        return page("catalog/beyond.html", status=404, back=address(WATCH, _pairs(wish)))
    return public_page(
        "traceability/watch.html",
        versions=(log.note, found, wish),
        context=lambda: {
            **_facts(log),
            **_list(wish, found, number),
            "typed": wish.gtin or request.args.get("gtin", ""),
            "wrong": wrong,
        },
    )


@bp.get(ATOM_FILE)
def atom_feed() -> Response:
    """The newest batches as Atom; `?gtin=` and `?maker=` choose."""
    return _fed(atom(_feed(ATOM_FILE)), ATOM)


@bp.get(JSON_FILE)
def feed_in_json() -> Response:
    """The same as JSON Feed."""
    said = json.dumps(json_feed(_feed(JSON_FILE)), ensure_ascii=False)
    return _fed(said.encode(), JSON_FEED)


def _published() -> Published:
    place = log_place()
    with readable_log():
        note, origin = place.log.published_note(), place.origin
        size = parse_checkpoint(split_note(note)[0]).size if note else 0
    return Published(place, origin, note, size)


def _number() -> int:
    return page_number(request.args.get("page", "")) or 1


def _wish_as_typed() -> tuple[Wish, list[str]]:
    """What is watched for; what cannot be read is left out, and said."""
    gtin = wished_gtin(request.args.get("gtin", ""))
    maker = wished_maker(request.args.get("maker", ""))
    wrong = []
    if gtin is None:
        wrong.append(gettext(GtinMalformed.sentence))
    if maker is None:
        wrong.append(gettext(MakerMalformed.sentence))
    return Wish(gtin or "", maker or ""), wrong


def _wish_of_program() -> Wish:
    """The same for programs: a feed of everything would only look like an answer.

    Raises:
        GtinMalformed, MakerMalformed: it cannot be read.
    """
    gtin = wished_gtin(request.args.get("gtin", ""))
    maker = wished_maker(request.args.get("maker", ""))
    if gtin is None:
        raise GtinMalformed("not a GTIN")
    if maker is None:
        raise MakerMalformed("not a public id")
    return Wish(gtin, maker)


def _with_own_gtins(session: Session, wish: Wish) -> Wish:
    """The wish with the maker's GTINs; of one that closed nothing is shown any more."""
    maker = makers_by_public_id(session, [wish.maker]).get(wish.maker) if wish.maker else None
    if maker is None:
        return wish
    return replace(wish, own_gtins=tuple(gtins_of(session, maker.id)), is_over=maker.is_closed)


def _found(session: Session, wish: Wish, log: Published, number: int) -> Watched:
    skipped = (number - 1) * BATCHES_A_PAGE
    return watched_batches(session, wish, size=log.size, skipped=skipped, limit=BATCHES_A_PAGE)


def _pairs(wish: Wish) -> list[tuple[str, str]]:
    return [("gtin", wish.gtin), ("maker", wish.maker)]


def _facts(log: Published) -> dict[str, object]:
    with reading() as session:
        at = queries.last_published_at(session)
    return {
        "url": f"{log.place.public_url}/log",
        "size": log.size,
        "at": at,
        "signings": signings_of(log.note, log.place.witnesses),
        "quorum": log.place.quorum,
    }


def _list(wish: Wish, found: Watched, number: int) -> dict[str, object]:
    pairs = _pairs(wish)
    return {
        "wish": wish,
        "batches": found.batches,
        "total": found.total,
        "words": words,
        "display": display,
        "page_number": number,
        "pages": -(-found.total // BATCHES_A_PAGE),
        "page_url": lambda at: address(WATCH, [*pairs, ("page", str(at))]),
        "atom_url": address(ATOM_FILE, pairs),
        "json_url": address(JSON_FILE, pairs),
        "all_url": WATCH,
    }


def _feed(path: str) -> Feed:
    log, number = _published(), _number()
    with reading() as session:
        wish = _with_own_gtins(session, _wish_of_program())
        found = _found(session, wish, log, number)
    site, pairs = log.place.public_url, _pairs(wish)
    pairs.append(("lang", "en" if current_language() == "en" else ""))
    is_more = found.total > number * BATCHES_A_PAGE
    here = [*pairs, ("page", str(number) if number > 1 else "")]
    older = address(path, [*pairs, ("page", str(number + 1))]) if is_more else ""
    return Feed(
        title=words.feed_title(wish, log.origin),
        origin=log.origin,
        language=current_language(),
        page_url=site + address(WATCH, pairs),
        feed_url=site + address(path, here),
        next_url=site + older if older else "",
        items=[
            Item(
                batch=one,
                title=words.title(one),
                text=_text(wish, one),
                url=site + address(WATCH, [("gtin", one.gtin)]) + f"#entry-{one.index}",
            )
            for one in found.batches
        ],
    )


def _text(wish: Wish, batch: WatchedBatch) -> str:
    said = words.detail(batch)
    return f"{words.of_another()}: {said}" if words.is_of_another(batch, wish) else said


def _fed(content: bytes, kind: str) -> Response:
    """A feed, sent only where it is other than what the reader has."""
    answer = make_response(content)
    answer.headers["Content-Type"] = kind
    answer.headers["Cache-Control"] = f"public, max-age={FEED_SECONDS}"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.vary.add("Cookie")  # The language's.
    answer.add_etag(weak=True)
    answer.make_conditional(request.environ)
    return answer
