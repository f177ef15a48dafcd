"""Tiles and bundles of entries (c2sp.org/tlog-tiles): the files a published log is made of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from traceability.log.errors import BundleRefused, EntryTooLarge
from traceability.log.merkle import TILE_HEIGHT

TILE_WIDTH = 1 << TILE_HEIGHT
MOST_ENTRY_BYTES = 2**16 - 1  # A bundle writes lengths in two bytes.
LENGTH_BYTES = 2
BUNDLES = -1  # The "level" of entry bundles, which stand below the leaf hashes.
HIGHEST_LEVEL = 63  # c2sp.org/tlog-tiles
# Seven groups of digits number more tiles than the largest tree has; a longer path is no number.
_PATH = re.compile(r"tile/(entries|\d{1,2})/((?:x\d{3}/){0,6}\d{3})(?:\.p/(\d{1,3}))?", re.ASCII)


@dataclass(frozen=True)
class Tile:
    """Up to 256 hashes of one level, or entries: which, and how many of them are there."""

    level: int
    index: int
    width: int = TILE_WIDTH

    @property
    def path(self) -> str:
        """Where it lies below the log's address or folder."""
        level = "entries" if self.level == BUNDLES else str(self.level)
        part = "" if self.width == TILE_WIDTH else f".p/{self.width}"
        return f"tile/{level}/{_index_path(self.index)}{part}"

    @property
    def whole(self) -> "Tile":
        """The tile of the same place with all 256 hashes or entries."""
        return Tile(self.level, self.index)

    def is_in(self, size: int) -> bool:
        """Whether a tree of `size` leaves determines all of it."""
        return self.index * TILE_WIDTH + self.width <= size >> TILE_HEIGHT * max(self.level, 0)


def parse_tile_path(path: str) -> Tile | None:
    """The tile or bundle of a path as `Tile.path` writes it; None for every other text."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    level, index, width = found.groups()
    tile = Tile(
        BUNDLES if level == "entries" else int(level),
        int(re.sub("[x/]", "", index)),
        TILE_WIDTH if width is None else int(width),
    )
    known = tile.level <= HIGHEST_LEVEL and tile.width > 0
    return tile if known and tile.path == path else None  # One way each: no added zeros.


def tile_at(level: int, index: int, size: int) -> Tile:
    """The tile of this place as the tree of `size` leaves has it, as wide as it can be."""
    width = (size >> TILE_HEIGHT * max(level, 0)) - index * TILE_WIDTH
    assert width > 0, (level, index, size)
    return Tile(level, index, min(width, TILE_WIDTH))


def full_tiles(level: int, size: int) -> int:
    """How many tiles of a level a tree of `size` leaves has whole."""
    return (size >> TILE_HEIGHT * max(level, 0)) // TILE_WIDTH


def tiles_of(size: int, level: int) -> Iterator[Tile]:
    """The tiles of one level of a tree of `size` leaves, from the left."""
    hashes = size >> TILE_HEIGHT * max(level, 0)
    for index in range(-(-hashes // TILE_WIDTH)):
        yield tile_at(level, index, size)


def levels_of(size: int) -> range:
    """The levels of tiles of a tree of `size` leaves."""
    return range(-(-size.bit_length() // TILE_HEIGHT))


def pack_entries(entries: Sequence[bytes]) -> bytes:
    """A bundle of these entries.

    Raises:
        EntryTooLarge: one has more than 65,535 bytes.
    """
    if any(len(entry) > MOST_ENTRY_BYTES for entry in entries):
        raise EntryTooLarge(f"an entry has at most {MOST_ENTRY_BYTES} bytes")
    return b"".join(len(entry).to_bytes(LENGTH_BYTES, "big") + entry for entry in entries)


def unpack_entries(bundle: bytes) -> list[bytes]:
    """The entries of a bundle.

    Raises:
        BundleRefused: the bytes end within an entry.
    """
    entries, place, end = [], 0, len(bundle)
    try:
        while place < end:
            first = place + LENGTH_BYTES
            place = first + (bundle[place] << 8 | bundle[place + 1])
            entries.append(bundle[first:place])
    except IndexError:  # Of a length there is one byte.
        place = -1
    if place != end:
        raise BundleRefused("a bundle ends within an entry")
    return entries


def _index_path(index: int) -> str:
    groups = f"{index:,}".split(",")
    groups = [group.zfill(3) for group in groups]
    return "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
