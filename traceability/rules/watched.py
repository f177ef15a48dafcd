"""Batches as strangers read them in the log, and what they watch for. Pure."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.gs1 import MalformedGtin, gtin14

_PUBLIC_ID = re.compile("[0-9A-HJKMNP-TV-Z]{10}")


@dataclass(frozen=True)
class Wish:
    """Which batches are watched: of a GTIN, of a maker, of both; neither: all of them.

    Of a maker: those it issued, and those that bear one of its GTINs, whoever issued them.
    """

    gtin: str = ""
    maker: str = ""
    own_gtins: Sequence[str] = ()
    is_over: bool = False  # The maker closed: nothing is found by it any more.


@dataclass(frozen=True)
class WatchedBatch:
    """A batch as the log tells it: what a household's name was keyed into is left out."""

    index: int
    at: datetime
    batch: str
    count: int
    gtin: str
    enterprise: str  # Its public id; empty: it closed, or we know nothing of it any more.
    enterprise_name: str  # Empty: a person's.
    product_name: str
    lot: str
    is_roll: bool = False  # Issued for goods whose lot was not known yet.


def wished_gtin(text: str) -> str | None:
    """The 14 digits that were asked for; empty: none was; None: they are no GTIN."""
    try:
        return gtin14(text) if text.strip() else ""
    except MalformedGtin:
        return None


def wished_maker(text: str) -> str | None:
    """The public id that was asked for; empty: none was; None: it is no id."""
    wished = text.strip().upper()
    return wished if not wished or _PUBLIC_ID.fullmatch(wished) else None


def watched_batch(index: int, body: str, *, is_known: bool) -> WatchedBatch:
    """What the entry of a batch says, of one whose maker is `is_known`: here, and not closed."""
    said = json.loads(body)
    named = _named if is_known else _unnamed
    return WatchedBatch(
        index=index,
        at=datetime.fromisoformat(said["at"]),
        batch=str(said.get("batch") or ""),
        count=int(said.get("count") or 0),
        gtin=str(said.get("gtin") or ""),
        enterprise=named(said, "enterprise"),
        enterprise_name=named(said, "enterprise_name"),
        product_name=named(said, "product_name"),
        lot=named(said, "lot"),
        is_roll=not said.get("lot") and not said.get("lot_hmac"),
    )


def _named(said: dict[str, Any], name: str) -> str:
    return str(said.get(name) or "")


def _unnamed(_said: dict[str, Any], _name: str) -> str:
    return ""
