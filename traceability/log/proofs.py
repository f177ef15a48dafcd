"""The proof of a stamp: from its printed address, through its batch's tree, to the signed log.

The file is a proof of c2sp.org/tlog-proof that the batch's entry stands in the log, which other
people's tools read; what makes it the proof of one stamp is its `extra` data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from traceability.log.canonical import canonical_object, canonical_text
from traceability.log.encoding import base64_text
from traceability.log.errors import ProofRefused
from traceability.log.tlog_proofs import TlogProof, parse_tlog_proof, read_path

STAMP_LEAF = b"goc-stamp-leaf-v1\n"
BLINDING_BYTES = 16
FORM = 1  # Of the extra data.


@dataclass(frozen=True)
class LoggedEntry:
    """An entry of the log with its place and path, under the checkpoint of the proof."""

    entry: bytes
    index: int
    path: tuple[bytes, ...]


@dataclass(frozen=True)
class StampProof:
    """What shows that a stamp is of a batch, and the batch in the log.

    `index` counts from 0 in the batch; `later` are entries about the batch that came after it,
    `keys` those before it about the key that signed it.
    """

    uri: str
    blinding: bytes
    index: int
    path: tuple[bytes, ...]
    entry: LoggedEntry
    checkpoint: str
    later: tuple[LoggedEntry, ...] = ()
    keys: tuple[LoggedEntry, ...] = ()

    def text(self) -> str:
        """The file, whose name ends in `.tlog-proof`."""
        extra = {
            "v": FORM,
            "uri": self.uri,
            "blinding": self.blinding.hex(),
            "index": self.index,
            "path": list(map(base64_text, self.path)),
            "entry": self.entry.entry.decode(),
            "later": list(map(_written, self.later)),
            "keys": list(map(_written, self.keys)),
        }
        raw = canonical_text(extra).encode()
        return TlogProof(self.entry.index, self.entry.path, self.checkpoint, raw).text()


def stamp_leaf(uri: str, blinding: bytes) -> bytes:
    """What a batch's tree holds of a stamp: its printed address without query, and a blinding.

    The blinding keeps the hashes of other stamps, which stand in a proof, from telling serials.
    """
    assert len(blinding) == BLINDING_BYTES, len(blinding)
    return STAMP_LEAF + f"{uri}\n{blinding.hex()}".encode()


def parse_stamp_proof(text: str) -> StampProof:
    """Read a stamp's proof; whether it proves anything is not looked at.

    Raises:
        ProofRefused: the text is none.
    """
    proof = parse_tlog_proof(text)
    if proof.extra is None:
        raise ProofRefused("the proof of an entry, not of a stamp")
    try:
        extra = canonical_object(proof.extra.decode(), ProofRefused)
        found = _stamp_proof(proof, extra)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise ProofRefused("the extra data is not a stamp's") from wrong
    if found.text() != text:
        raise ProofRefused("not the one way to write this proof")
    return found


def _stamp_proof(proof: TlogProof, extra: Mapping[str, Any]) -> StampProof:
    blinding = bytes.fromhex(extra["blinding"])
    if extra["v"] != FORM or len(blinding) != BLINDING_BYTES:
        raise ProofRefused("extra data of another form")
    return StampProof(
        uri=_text(extra["uri"]),
        blinding=blinding,
        index=_number(extra["index"]),
        path=read_path(extra["path"]),
        entry=LoggedEntry(extra["entry"].encode(), proof.index, proof.path),
        checkpoint=proof.checkpoint,
        later=tuple(map(_logged, extra["later"])),
        keys=tuple(map(_logged, extra["keys"])),
    )


def _written(one: LoggedEntry) -> dict[str, object]:
    path = list(map(base64_text, one.path))
    return {"entry": one.entry.decode(), "index": one.index, "path": path}


def _logged(one: Mapping[str, Any]) -> LoggedEntry:
    return LoggedEntry(one["entry"].encode(), _number(one["index"]), read_path(one["path"]))


def _text(value: object) -> str:
    if not isinstance(value, str) or "\n" in value:
        raise ProofRefused("not a line of text")
    return value


def _number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ProofRefused("not a place in a tree")
    return value
