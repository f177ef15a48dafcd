"""Feeds of the batches in the public log: Atom (RFC 4287) and JSON Feed 1.1."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring  # Written alone, never read.

from traceability.rules.watched import WatchedBatch

ATOM = "application/atom+xml; charset=utf-8"
JSON_FEED = "application/feed+json; charset=utf-8"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # Atom asks for a moment where nothing happened yet.


@dataclass(frozen=True)
class Item:
    """A batch with its words in the reader's language."""

    batch: WatchedBatch
    title: str
    text: str
    url: str


@dataclass(frozen=True)
class Feed:
    """Some of the newest batches; `next_url` leads to older ones."""

    title: str
    origin: str  # The log's name.
    language: str
    page_url: str
    feed_url: str
    next_url: str
    items: Sequence[Item]


def atom(feed: Feed) -> bytes:
    """The feed as Atom."""
    root = Element("feed", {"xmlns": _NAMESPACE, _LANGUAGE: feed.language})
    newest = max((one.batch.at for one in feed.items), default=_NEVER)
    _texts(root, title=feed.title, id=feed.feed_url, updated=_moment(newest))
    _link(root, "self", feed.feed_url, ATOM)
    _link(root, "alternate", feed.page_url, "text/html")
    if feed.next_url:
        _link(root, "next", feed.next_url, ATOM)
    _texts(SubElement(root, "author"), name=feed.origin)
    for one in feed.items:
        entry = SubElement(root, "entry")
        at = _moment(one.batch.at)
        _texts(entry, title=one.title, id=item_id(feed.origin, one.batch), updated=at, published=at)
        _link(entry, "alternate", one.url, "text/html")
        _texts(entry, summary=one.text)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def json_feed(feed: Feed) -> dict[str, object]:
    """The feed as JSON Feed; `_goc` says for programs what the words say for people."""
    said: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.feed_url,
        "language": feed.language,
        "authors": [{"name": feed.origin}],
    }
    if feed.next_url:
        said["next_url"] = feed.next_url
    return {**said, "items": [_item(feed.origin, one) for one in feed.items]}


def item_id(origin: str, batch: WatchedBatch) -> str:
    """A name of the entry for ever, wherever it is served (RFC 4151)."""
    authority = origin.partition("/")[0].partition(":")[0]
    return f"tag:{authority},{batch.at.date().isoformat()}:log/{batch.index}"


def _item(origin: str, one: Item) -> dict[str, object]:
    batch = one.batch
    facts = {
        "index": batch.index,
        "batch": batch.batch,
        "count": batch.count,
        "gtin": batch.gtin or None,
        "lot": batch.lot or None,
        "product_name": batch.product_name or None,
        "enterprise": batch.enterprise or None,
        "enterprise_name": batch.enterprise_name or None,
    }
    return {
        "id": item_id(origin, batch),
        "url": one.url,
        "title": one.title,
        "content_text": one.text,
        "date_published": _moment(batch.at),
        "_goc": facts,
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _texts(parent: Element, **texts: str) -> None:
    """Elements with text; what XML cannot hold stands as spaces."""
    for name, words in texts.items():
        plain = "".join(letter if letter.isprintable() else " " for letter in words)
        SubElement(parent, name).text = plain


def _link(parent: Element, relation: str, url: str, kind: str) -> None:
    SubElement(parent, "link", {"rel": relation, "type": kind.partition(";")[0], "href": url})
