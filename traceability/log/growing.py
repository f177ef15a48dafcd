"""A log that grows: whoever kept what an earlier size came to reads on from there, and no fork."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from traceability.log.checkpoints import Checkpoint
from traceability.log.errors import BundleRefused, LogContradicts, LogForked, LogShrank
from traceability.log.merkle import leaf_hash, node_hash
from traceability.log.sources import Source, read_tile
from traceability.log.tiles import BUNDLES, TILE_WIDTH, tiles_of, unpack_entries


@dataclass
class Frontier:
    """The roots of the full trees that a log's leaves come to, the highest first.

    Grown by the new leaves it gives the new root: so the old log is the beginning of the new one,
    and no consistency proof need be believed (RFC 6962, section 2.1).
    """

    size: int = 0
    roots: list[bytes] = field(default_factory=list)

    def add(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        merged, rest = leaf, self.size
        while rest & 1:
            merged, rest = node_hash(self.roots.pop(), merged), rest >> 1
        self.roots.append(merged)
        self.size += 1

    def root(self) -> bytes | None:
        """The root of all leaves so far; None: there are none."""
        found: bytes | None = None
        for one in reversed(self.roots):
            found = one if found is None else node_hash(one, found)
        return found


def read_on(
    source: Source, checkpoint: Checkpoint, frontier: Frontier
) -> Iterator[tuple[int, bytes]]:
    """The entries after those of `frontier`, which grows with them, each with its index.

    Nothing may be concluded from them before the last was given: the root is compared then.

    Raises:
        LogShrank: the log shows less than was seen.
        LogForked: what was seen is not its beginning, or it shows other entries than it signed.
        LogContradicts: a bundle holds other entries than its name says.
        SourceFailed: a file cannot be had.
    """
    if checkpoint.size < frontier.size:
        raise LogShrank(f"{checkpoint.size} entries where {frontier.size} were seen")
    with source.opened() as log:
        for tile in tiles_of(checkpoint.size, BUNDLES):
            start = tile.index * TILE_WIDTH
            if start + tile.width <= frontier.size:
                continue
            try:
                entries = unpack_entries(read_tile(log, tile))
            except BundleRefused as wrong:
                raise LogContradicts(f"{tile.path}: {wrong}") from wrong
            if len(entries) < tile.width:
                raise LogContradicts(f"{tile.path} holds {len(entries)} entries")
            for index in range(max(start, frontier.size), start + tile.width):
                frontier.add(leaf_hash(entries[index - start]))
                yield index, entries[index - start]
    if checkpoint.size and frontier.root() != checkpoint.root:
        raise LogForked("what was seen before is not the beginning of what is signed now")
