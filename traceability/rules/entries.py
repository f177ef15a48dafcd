"""What entries of the log say: canonical JSON (RFC 8785) with a version, kind and moment."""

import base64
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from traceability.log.canonical import canonical_text
from traceability.log.entries import VERSION
from traceability.log.tiles import MOST_ENTRY_BYTES

SIGNED_BATCH: Final = b"goc-batch-v1\n"  # What a maker's key signs begins with it.
PERSONS: Final = frozenset({"household", "household_business"})  # Named after who runs them.
_KEY_NAME_BYTES: Final = 8

Fields = Mapping[str, str | int | None]


def entry_body(kind: str, at: datetime, fields: Fields) -> str:
    """The entry as it is published. `at` is told to the second, in UTC."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    body = canonical_text({"v": VERSION, "kind": kind, "at": moment, **fields})
    assert len(body.encode()) <= MOST_ENTRY_BYTES, kind
    return body


def signed_part(fields: Fields) -> bytes:
    """What a maker's key signs of a batch: every field but the signature and the moment."""
    return SIGNED_BATCH + canonical_text(dict(fields)).encode()


def key_name(public: bytes) -> str:
    """What entries call a key: the beginning of its hash, in hexadecimal."""
    return sha256(public).digest()[:_KEY_NAME_BYTES].hex()


def salted(name: str, salt: bytes) -> str:
    """A person's name as the log may hold it: worth nothing once the salt is gone."""
    return hmac.digest(salt, name.encode(), "sha256").hex()


def in_base64(raw: bytes) -> str:
    """Bytes as entries write keys and signatures."""
    return base64.b64encode(raw).decode()
