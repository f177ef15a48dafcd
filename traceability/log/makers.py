"""Makers' signatures: a batch is signed by a key that the log had told to be its maker's.

The order of the log decides, never the moments in its entries: a clock may be days wrong, and
whoever stole a key may write any moment. What stands before a key's end is good, what stands
after it is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from traceability.log.canonical import canonical_text
from traceability.log.encoding import base64_bytes
from traceability.log.entries import read_entry
from traceability.log.errors import (
    MakerKeyEnded,
    MakerKeyForeign,
    MakerKeyRefused,
    MakerKeyRevoked,
    MakerKeyUnknown,
    MakerRefused,
    MakerSignatureWrong,
)

SIGNED_BATCH: Final = b"goc-batch-v1\n"  # What a maker's key signs begins with it.
UNSIGNED: Final = frozenset({"v", "kind", "at", "signature"})  # Of a `batch` entry.
KEY_KINDS: Final = frozenset({"key", "batch"})  # What `MakerKeys` must be shown.
_KEY_NAME_BYTES: Final = 8
_KEY_BYTES: Final = 32
_OVER: Final = {"ended": MakerKeyEnded, "revoked": MakerKeyRevoked}


def key_name(public: bytes) -> str:
    """What entries call a key: the beginning of its hash, in hexadecimal."""
    return sha256(public).digest()[:_KEY_NAME_BYTES].hex()


def signed_part(fields: Mapping[str, Any]) -> bytes:
    """What a maker's key signs of a batch: every field but the signature and the moment."""
    said = {name: value for name, value in fields.items() if name not in UNSIGNED}
    return SIGNED_BATCH + canonical_text(said).encode()


@dataclass
class _Key:
    enterprise: object
    public: Ed25519PublicKey
    use: object = None  # What a key of the platform is for; of a maker's nothing is said.
    state: str = "valid"


class MakerKeys:
    """The keys that a log has told of, as its entries are taken one after another."""

    def __init__(self) -> None:
        self._keys: dict[str, _Key] = {}

    def take(self, raw: bytes) -> None:
        """Take the next entry: a key, its end, or a batch, which a living key must have signed.

        Raises:
            EntryRefused: it is no entry.
            MakerKeyRefused: a `key` entry contradicts itself or an earlier one.
            MakerKeyUnknown, MakerKeyForeign, MakerKeyEnded, MakerKeyRevoked: a batch names a key
                that was not its maker's to sign with.
            MakerSignatureWrong: a batch is not signed by the key it names.
        """
        fields = read_entry(raw)
        if fields["kind"] == "key":
            self._take_key(fields)
        elif fields["kind"] == "batch":
            self._require_signed(fields)

    def of_use(self, use: str) -> dict[str, str]:
        """The platform's keys for this use so far, and whether each is valid, ended or revoked."""
        return {name: key.state for name, key in self._keys.items() if key.use == use}

    def _take_key(self, fields: Mapping[str, Any]) -> None:
        name, state = _named(fields), fields.get("state")
        known = self._keys.get(name)
        if state == "valid" and known is None:
            self._keys[name] = _new_key(fields)
        elif state in _OVER and known is not None and known.state != "revoked":
            if known.enterprise != fields.get("enterprise"):
                raise MakerKeyRefused(f"another maker ended the key {name}")
            known.state = state
        else:
            raise MakerKeyRefused(f"{state} of the key {name} follows what was not so")

    def _require_signed(self, fields: Mapping[str, Any]) -> None:
        batch, key = fields.get("batch"), self._keys.get(_named(fields))
        if key is None:
            raise MakerKeyUnknown(f"batch {batch} names a key that the log had not told")
        # Keys that sign stamps are nobody's: a batch that names nobody is not theirs either.
        if key.enterprise is None or key.enterprise != fields.get("enterprise"):
            raise MakerKeyForeign(f"batch {batch} is signed by another maker's key")
        if key.state in _OVER:
            raise _OVER[key.state](f"batch {batch} stands after the end of its key")
        signature = _bytes(fields.get("signature"), MakerSignatureWrong)
        try:
            key.public.verify(signature, signed_part(fields))
        except InvalidSignature as wrong:
            raise MakerSignatureWrong(f"batch {batch}") from wrong


def _named(fields: Mapping[str, Any]) -> str:
    """The key's name; what is no text names none."""
    name = fields.get("key")
    return name if isinstance(name, str) else ""


def _bytes(text: object, refusal: type[MakerRefused]) -> bytes:
    if not isinstance(text, str):
        raise refusal("no bytes")
    return base64_bytes(text, refusal)


def _new_key(fields: Mapping[str, Any]) -> _Key:
    public = _bytes(fields.get("public"), MakerKeyRefused)
    if len(public) != _KEY_BYTES or key_name(public) != fields.get("key"):
        raise MakerKeyRefused(f"the key {fields.get('key')} is named after another")
    use = None if fields.get("enterprise") else fields.get("use")
    return _Key(fields.get("enterprise"), Ed25519PublicKey.from_public_bytes(public), use)
