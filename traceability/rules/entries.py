"""What entries of the log say: canonical JSON (RFC 8785) with a version, kind and moment."""

import base64
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from traceability.log.canonical import canonical_text
from traceability.log.entries import VERSION
from traceability.log.tiles import MOST_ENTRY_BYTES

PERSONS: Final = frozenset({"household", "household_business"})  # Named after who runs them.

Fields = Mapping[str, str | int | None]
MAKER: Final = "maker"  # Who ruled, as `by` of a `verdict` says it: roles, never people.
OPERATOR: Final = "operator"


class Because(StrEnum):
    """Why somebody ruled about stamps. Words of people stay out of the log."""

    CONFIRMED_FAKE = "confirmed_fake"  # A case found goods that are not the maker's.
    GENUINE = "genuine"  # A case found them to be the maker's own.
    UNCLEAR = "unclear"
    MISTAKEN = "mistaken"  # Whoever ruled before was wrong.


@dataclass(frozen=True)
class Ruling:
    """That somebody set a verdict upon stamps, or lifted it."""

    verdict: str  # suspicious | void
    is_set: bool  # False: it is lifted.
    by: str  # MAKER, OPERATOR, or `officer_of`.
    because: Because
    case: str | None = None  # Its public id, where a case was looked into.


def officer_of(province_code: str | None, commune_code: str | None) -> str:
    """An officer as the log names one: by the area alone."""
    if commune_code is not None:
        return f"officer of commune {commune_code}"
    if province_code is not None:
        return f"officer of province {province_code}"
    return "officer of the country"


def ruling_fields(ruling: Ruling) -> Fields:
    """What a `verdict` entry says besides the stamps it is about."""
    return {
        "verdict": ruling.verdict,
        "state": "set" if ruling.is_set else "lifted",
        "by": ruling.by,
        "reason": ruling.because.value,
        "case": ruling.case,
    }


def entry_body(kind: str, at: datetime, fields: Fields) -> str:
    """The entry as it is published. `at` is told to the second, in UTC."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    body = canonical_text({"v": VERSION, "kind": kind, "at": moment, **fields})
    assert len(body.encode()) <= MOST_ENTRY_BYTES, kind
    return body


def salted(name: str, salt: bytes) -> str:
    """A person's name as the log may hold it: worth nothing once the salt is gone."""
    return hmac.digest(salt, name.encode(), "sha256").hex()


def in_base64(raw: bytes) -> str:
    """Bytes as entries write keys and signatures."""
    return base64.b64encode(raw).decode()
