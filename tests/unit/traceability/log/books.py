"""Small logs for tests: their entries, their signed checkpoints, and what must hold of them."""

from collections.abc import Sequence

from traceability.log.checkpoints import Checkpoint
from traceability.log.folder import FolderLog
from traceability.log.merkle import leaf_hash, root_of
from traceability.log.notes import SigningKey, sign_note
from traceability.log.tiles import BUNDLES, levels_of, pack_entries, tiles_of

ORIGIN = "goc.example/log"
KEY = SigningKey(ORIGIN, bytes(range(32)))  # Fixed: its text stands in names of tests.


def entries_of(first: int, end: int) -> list[bytes]:
    return [b'{"number":%d}' % number for number in range(first, end)]


def checkpoint_of(entries: Sequence[bytes]) -> Checkpoint:
    return Checkpoint(ORIGIN, len(entries), root_of([leaf_hash(entry) for entry in entries]))


def signed(checkpoint: Checkpoint) -> str:
    return sign_note(checkpoint.text(), [KEY])


def add(log: FolderLog, entries: Sequence[bytes]) -> Checkpoint:
    held = log.published()
    checkpoint = log.extend(entries, after=held.size if held else 0)
    log.publish(signed(checkpoint))
    return checkpoint


def require_whole(log: FolderLog, entries: Sequence[bytes]) -> None:
    """Every file that the published tree must have is there and holds what it must."""
    size = len(entries)
    assert log.published() == (checkpoint_of(entries) if size else None)
    hashes = [leaf_hash(entry) for entry in entries]
    for level in levels_of(size):
        for tile in tiles_of(size, level):
            piece = hashes[tile.index * 256 : tile.index * 256 + tile.width]
            assert log.tile(tile)[: len(piece) * 32] == b"".join(piece), tile.path
        whole = len(hashes) // 256 * 256
        hashes = [root_of(hashes[first : first + 256]) for first in range(0, whole, 256)]
    for tile in tiles_of(size, BUNDLES):
        held = entries[tile.index * 256 : tile.index * 256 + tile.width]
        assert log.tile(tile).startswith(pack_entries(held)), tile.path
