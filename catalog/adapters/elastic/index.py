"""The cluster's index: what is kept of a document, and where the index stands in the feed."""

from typing import Any

from elastic_transport import ObjectApiResponse
from elasticsearch import Elasticsearch, NotFoundError

from catalog.search.document import Document
from catalog.search.port import DEEPEST, Position
from catalog.search.standing import STANDINGS, Period

ALIAS = "goc-products"
# Raised when the mapping or the tokens change: an index of another format is built anew.
FORMAT = 1

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
        "standing": {"type": "integer_range"},
        "price_vnd": {"type": "long"},
        "unit_price_vnd": {"type": "long"},
        "quality": {"type": "short"},
        "published_at": {"type": "long"},
    },
}
_DAYS = 10_000_000  # More than the calendar has: each standing has a stretch of numbers.


def standing_on(code: int, day: int) -> int:
    """Give the number that stands for "this standing on this day" (a proleptic ordinal)."""
    return code * _DAYS + day


def fields_of(document: Document) -> dict[str, Any]:
    """Give what the index keeps of a document."""
    tokens = document.tokens
    return {
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
        "standing": _ranges(document.periods),
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


def _ranges(periods: tuple[Period, ...]) -> list[dict[str, int]]:
    """Each period as a range of numbers, up to the day before the next one."""
    ends = [period.since.toordinal() for period in periods[1:]] + [_DAYS]
    return [
        {
            "gte": standing_on(STANDINGS.index(period.standing), period.since.toordinal()),
            "lt": standing_on(STANDINGS.index(period.standing), end),
        }
        for period, end in zip(periods, ends, strict=True)
    ]
