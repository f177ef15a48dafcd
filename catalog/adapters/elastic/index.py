"""The cluster's index: what is kept of a document, and where the index stands in the feed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from elastic_transport import ObjectApiResponse
from elasticsearch import Elasticsearch, NotFoundError

from catalog.search.document import Document
from catalog.search.port import DEEPEST, Position
from catalog.search.standing import STANDINGS, STARS, Period

ALIAS = "goc-products"
# Raised when the mapping or the tokens change: an index of another format is built anew.
FORMAT = 2

SETTINGS = {
    "number_of_shards": 1,  # Facet counts of one shard are exact; 10⁶ products fit.
    "auto_expand_replicas": "0-1",
    "max_result_window": DEEPEST,
    "refresh_interval": "1s",
}

_WORDS = {
    "type": "text",
    "analyzer": "whitespace",  # The tokens come from core.text.
    "norms": False,
    "index_options": "docs",  # Neither frequency nor place counts: the tier alone ranks.
}
MAPPINGS: dict[str, Any] = {
    "dynamic": "strict",
    "_source": {"enabled": False},  # An index is built anew from the feed, never from itself.
    "properties": {
        "product_id": {"type": "long"},
        "name": _WORDS,
        "exact": {**_WORDS, "index_options": "positions"},  # For phrases.
        "fold": _WORDS,
        "joined": _WORDS,
        "prefixes": _WORDS,
        "group": {"type": "keyword"},
        "province": {"type": "keyword"},
        "commune": {"type": "keyword"},
        "producer": {"type": "keyword"},
        # Exact on any day, for filters: a range for each period.
        "standing_days": {"type": "integer_range"},
        "in_force_days": {"type": "integer_range"},
        # For counting, nine times as fast: the standing of the day of indexing with the stretch of
        # days for which it holds, and the whole timeline for the few that turned since.
        "standing": {"type": "keyword"},
        "stands_since": {"type": "integer"},
        "stands_until": {"type": "integer"},
        "timeline": {"type": "keyword"},
        "price_vnd": {"type": "long"},
        "unit_price_vnd": {"type": "long"},
        "quality": {"type": "short"},
        "published_at": {"type": "long"},
    },
}
LAST_DAY = 10_000_000  # More than the calendar has: each standing has a stretch of numbers.


def standing_on(code: int, day: int) -> int:
    """Give the number that stands for "this standing on this day" (a proleptic ordinal)."""
    return code * LAST_DAY + day


def fields_of(document: Document, *, today: date) -> dict[str, Any]:
    """Give what the index keeps of a document; `today` only decides how fast it is counted."""
    tokens = document.tokens
    return {
        **_standing_fields(document.periods, today.toordinal()),
        "product_id": document.product_id,
        "name": tokens.name,
        "exact": tokens.exact,
        "fold": tokens.fold,
        "joined": tokens.joined,
        "prefixes": tokens.prefixes,
        "group": document.group,
        "province": document.province,
        "commune": document.commune,
        "producer": document.producer,
        "price_vnd": document.price_vnd,
        "unit_price_vnd": document.unit_price_vnd,
        "quality": document.quality,
        "published_at": document.published_at,
    }


def meta_of(position: Position) -> dict[str, Any]:
    """Give what the mapping remembers: the position lives and dies with the index."""
    return {"format": FORMAT, "epoch": position.epoch, "revision": position.revision}


def position_in(client: Elasticsearch, alias: str) -> Position:
    """Where the index behind the alias stands; the beginning when there is none of our format."""
    try:
        answer: ObjectApiResponse[Any] = client.indices.get_mapping(index=alias)
    except NotFoundError:
        return Position()
    meta = next(iter(answer.body.values()))["mappings"].get("_meta", {})
    if meta.get("format") != FORMAT:
        return Position()
    return Position(meta["epoch"], meta["revision"])


def standing_in(timeline: str, day: int) -> str:
    """Give the standing on a day by a document's timeline."""
    standing = ""
    for turn in timeline.split():
        since, _, its = turn.partition(":")
        if int(since) <= day:
            standing = its
    return standing


def _standing_fields(periods: Sequence[Period], today: int) -> dict[str, Any]:
    starts = [period.since.toordinal() for period in periods]
    stretches = list(zip(periods, starts, [*starts[1:], LAST_DAY], strict=True))
    standing, since, until = next(
        (period.standing, since, until)
        for period, since, until in reversed(stretches)
        if since <= today
    )
    return {
        "standing_days": [
            _range(STANDINGS.index(period.standing), since, until)
            for period, since, until in stretches
        ],
        "in_force_days": [
            _range(0, since, until)
            for period, since, until in stretches
            if period.standing in STARS
        ],
        "standing": standing,
        "stands_since": since,
        "stands_until": until,
        "timeline": " ".join(f"{since}:{period.standing}" for period, since, _ in stretches),
    }


def _range(code: int, since: int, until: int) -> dict[str, int]:
    return {"gte": standing_on(code, since), "lt": standing_on(code, until)}
