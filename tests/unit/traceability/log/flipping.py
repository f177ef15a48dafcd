"""Proofs of many batches and logs, and what becomes of them when a bit is changed."""

import random

from tests.unit.traceability.log.books import ORIGIN
from tests.unit.traceability.log.stamps import batch_entry, blinding_of, cosigned, uri_of
from traceability.log.checking import Outcome, check_stamp
from traceability.log.checkpoints import Checkpoint
from traceability.log.errors import LogRefusal
from traceability.log.merkle import inclusion_path, leaf_hash, root_of
from traceability.log.policy import Policy
from traceability.log.proofs import LoggedEntry, StampProof, parse_stamp_proof, stamp_leaf

MOST_STAMPS, MOST_ENTRIES = 40, 40


def proof_text(number: int) -> str:
    """The proof of some stamp of some batch in some log, always the same one for a number."""
    draw = random.Random(number)  # noqa: S311  # Nobody guards anything with it.
    count, size = draw.randint(1, MOST_STAMPS), draw.randint(1, MOST_ENTRIES)
    index, place = draw.randrange(count), draw.randrange(size)
    leaves = [leaf_hash(stamp_leaf(uri_of(one), blinding_of(one % 256))) for one in range(count)]
    entry = batch_entry(count=count, root=root_of(leaves).hex())
    hashes = [leaf_hash(draw.randbytes(9)) for _ in range(size)]
    hashes[place] = leaf_hash(entry)
    return StampProof(
        uri=uri_of(index),
        blinding=blinding_of(index),
        index=index,
        path=tuple(inclusion_path(index, leaves)),
        entry=LoggedEntry(entry, place, tuple(inclusion_path(place, hashes))),
        checkpoint=cosigned(Checkpoint(ORIGIN, size, root_of(hashes))),
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
