"""The tree over a batch's stamps (RFC 6962), kept as tiles of 256 hashes as C2SP keeps a log's.

A leaf tells nobody a serial: it is the hash of the printed address and a blinding.
"""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from struct import iter_unpack, pack
from typing import Final

from traceability.log.merkle import HASH_BYTES, split_hashes, tile_roots
from traceability.log.proofs import BLINDING_BYTES, STAMP_LEAF
from traceability.rules.serials import serial_texts

TILE: Final = 256  # Hashes side by side in one tile: eight levels of the tree.
_TILE_BYTES: Final = TILE * HASH_BYTES
_SERIAL_BYTES: Final = 8
# RFC 2104: a key is filled up to a block and mixed with one of two bytes, for within and without.
_HMAC_BLOCK: Final = 64
_WITHIN: Final = bytes(byte ^ 0x36 for byte in range(256))
_WITHOUT: Final = bytes(byte ^ 0x5C for byte in range(256))

TileKey = tuple[int, int]  # Level of tiles, position in it.


@dataclass(frozen=True)
class Blinding:
    """What the leaves of one batch are made of, besides their serials."""

    key: bytes
    address: str  # What stands before the serial in the printed address.

    def of(self, serial: int) -> bytes:
        """The 16 bytes that keep a leaf from being guessed."""
        said = serial.to_bytes(_SERIAL_BYTES, "big")
        return hmac.digest(self.key, said, "sha256")[:BLINDING_BYTES]


def leaf_hashes(serials: Sequence[int], blinding: Blinding) -> list[bytes]:
    """The hashes of many stamps' leaves, in their order.

    What is the same in all is hashed once and its state copied: twice as fast as each by itself.
    """
    assert len(blinding.key) <= _HMAC_BLOCK, len(blinding.key)
    key = blinding.key.ljust(_HMAC_BLOCK, b"\0")
    within, without = sha256(key.translate(_WITHIN)), sha256(key.translate(_WITHOUT))
    start = sha256(b"\x00" + STAMP_LEAF + blinding.address.encode())
    said = iter_unpack(f"{_SERIAL_BYTES}s", pack(f">{len(serials)}Q", *serials))
    found = []
    for text, (serial,) in zip(serial_texts(serials), said, strict=True):
        inner, outer, leaf = within.copy(), without.copy(), start.copy()
        inner.update(serial)
        outer.update(inner.digest())
        leaf.update(f"{text}\n{outer.hexdigest()[: 2 * BLINDING_BYTES]}".encode())
        found.append(leaf.digest())
    return found


def edge(size: int) -> list[TileKey]:
    """The unfinished tiles of a tree of `size` leaves, the lowest first."""
    found, level = [], 0
    while size:
        if size % TILE:
            found.append((level, size // TILE))
        size //= TILE
        level += 1
    return found


def grown(
    size: int, edges: Mapping[TileKey, bytes], leaves: Sequence[bytes]
) -> Iterator[tuple[TileKey, bytes]]:
    """The tiles that a tree of `size` leaves gets or changes when `leaves` are added.

    `edges` are its unfinished tiles. A tile once full never changes again.
    """
    level = 0
    while leaves:
        at = size // TILE
        whole = edges.get((level, at), b"") + b"".join(leaves)
        assert len(whole) == (size % TILE + len(leaves)) * HASH_BYTES, (level, size)
        for place, start in enumerate(range(0, len(whole), _TILE_BYTES)):
            yield (level, at + place), whole[start : start + _TILE_BYTES]
        full = whole[: len(whole) - len(whole) % _TILE_BYTES]
        leaves, size, level = split_hashes(tile_roots(full)), at, level + 1


def path_tiles(index: int, size: int) -> set[TileKey]:
    """The tiles in which the path of leaf `index` lies: its own on each level, and the edge."""
    found, level = set(edge(size)), 0
    while size > 1:
        index, size = index // TILE, -(-size // TILE)
        found.add((level, index))
        level += 1
    return found
