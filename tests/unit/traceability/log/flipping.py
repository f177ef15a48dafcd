"""Proofs of many batches and logs, and what becomes of them when a bit is changed."""

import base64
import random
from collections.abc import Callable
from dataclasses import replace

from tests.unit.traceability.log.books import ORIGIN
from tests.unit.traceability.log.stamps import (
    batch_entry,
    blinding_of,
    cosigned,
    key_entry,
    uri_of,
)
from traceability.log.checking import Outcome, check_stamp
from traceability.log.checkpoints import Checkpoint, parse_checkpoint
from traceability.log.encoding import base64_text
from traceability.log.errors import LogRefusal
from traceability.log.merkle import inclusion_path, leaf_hash, root_of
from traceability.log.notes import split_note
from traceability.log.policy import Policy
from traceability.log.proofs import LoggedEntry, StampProof, parse_stamp_proof, stamp_leaf

MOST_STAMPS, MOST_ENTRIES = 40, 40


def proof_text(number: int) -> str:
    """The proof of some stamp of some batch in some log, always the same one for a number."""
    draw = random.Random(number)  # noqa: S311  # Nobody guards anything with it.
    count, size = draw.randint(1, MOST_STAMPS), draw.randint(2, MOST_ENTRIES)
    index, place = draw.randrange(count), draw.randrange(1, size)
    leaves = [leaf_hash(stamp_leaf(uri_of(one), blinding_of(one % 256))) for one in range(count)]
    entry = batch_entry(count=count, root=root_of(leaves).hex())
    hashes = [leaf_hash(draw.randbytes(9)) for _ in range(size)]
    hashes[0], hashes[place] = leaf_hash(key_entry()), leaf_hash(entry)
    return StampProof(
        uri=uri_of(index),
        blinding=blinding_of(index),
        index=index,
        path=tuple(inclusion_path(index, leaves)),
        entry=LoggedEntry(entry, place, tuple(inclusion_path(place, hashes))),
        checkpoint=cosigned(Checkpoint(ORIGIN, size, root_of(hashes))),
        keys=(LoggedEntry(key_entry(), 0, tuple(inclusion_path(0, hashes))),),
    ).text()


def bits_of(text: str) -> range:
    """The places of all bits of a proof as it is downloaded."""
    return range(8 * len(text.encode()))


def accepted(text: str, bit: int, policy: Policy) -> bool:
    """Whether the proof with this one bit changed would still be called proved."""
    raw = bytearray(text.encode())
    raw[bit // 8] ^= 1 << bit % 8
    try:
        proof = parse_stamp_proof(raw.decode())
    except (LogRefusal, UnicodeDecodeError):
        return False
    return check_stamp(proof, policy).outcome is Outcome.PROVED


def changed(proof: StampProof, part: str, draw: random.Random) -> StampProof | None:
    """The proof with one bit of this part changed; None where the part is empty."""
    return PARTS[part](proof, draw)


def _flip(raw: bytes, draw: random.Random) -> bytes:
    bit = draw.randrange(8 * len(raw))
    return bytes(
        byte ^ (1 << bit % 8 if place == bit // 8 else 0) for place, byte in enumerate(raw)
    )


def _flip_number(number: int, draw: random.Random) -> int:
    return number ^ 1 << draw.randrange(63)


def _flip_path(path: tuple[bytes, ...], draw: random.Random) -> tuple[bytes, ...]:
    place = draw.randrange(len(path))
    return (*path[:place], _flip(path[place], draw), *path[place + 1 :])


def _flip_line(proof: StampProof, line: int, draw: random.Random) -> StampProof:
    """Change a bit of what a signature line says in base64: key id, time or signature."""
    lines = proof.checkpoint.split("\n")
    start, _, encoded = lines[line].rpartition(" ")
    lines[line] = f"{start} {base64_text(_flip(base64.b64decode(encoded), draw))}"
    return replace(proof, checkpoint="\n".join(lines))


def _flip_checkpoint(proof: StampProof, draw: random.Random, *, size: bool) -> StampProof:
    text, lines = split_note(proof.checkpoint)
    said = parse_checkpoint(text)
    wrong = (
        replace(said, size=_flip_number(said.size, draw))
        if size
        else replace(said, root=_flip(said.root, draw))
    )
    return replace(proof, checkpoint="\n".join([wrong.text(), *lines, ""]))


PARTS: dict[str, Callable[[StampProof, random.Random], StampProof | None]] = {
    "blinding of the leaf": lambda proof, draw: replace(
        proof, blinding=_flip(proof.blinding, draw)
    ),
    "address of the leaf": lambda proof, draw: replace(
        proof, uri=_flip(proof.uri.encode(), draw).decode("latin-1")
    ),
    "index in the batch": lambda proof, draw: replace(proof, index=_flip_number(proof.index, draw)),
    "path in the batch": lambda proof, draw: (
        replace(proof, path=_flip_path(proof.path, draw)) if proof.path else None
    ),
    "entry": lambda proof, draw: replace(
        proof, entry=replace(proof.entry, entry=_flip(proof.entry.entry, draw))
    ),
    "index in the log": lambda proof, draw: replace(
        proof, entry=replace(proof.entry, index=_flip_number(proof.entry.index, draw))
    ),
    "path in the log": lambda proof, draw: (
        replace(proof, entry=replace(proof.entry, path=_flip_path(proof.entry.path, draw)))
        if proof.entry.path
        else None
    ),
    "entry of the key": lambda proof, draw: replace(
        proof, keys=(replace(proof.keys[0], entry=_flip(proof.keys[0].entry, draw)),)
    ),
    "index of the key": lambda proof, draw: replace(
        proof, keys=(replace(proof.keys[0], index=_flip_number(proof.keys[0].index, draw)),)
    ),
    "size": lambda proof, draw: _flip_checkpoint(proof, draw, size=True),
    "root": lambda proof, draw: _flip_checkpoint(proof, draw, size=False),
    "signature of the log": lambda proof, draw: _flip_line(proof, 4, draw),
    "signature of a witness": lambda proof, draw: _flip_line(proof, 5 + draw.randrange(2), draw),
}
