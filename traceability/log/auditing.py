"""Auditing a whole log: every entry, every tile, the root, the signatures.

Entries are read in spans of bundles, each by a process of its own, so that a log of a million
entries takes seconds.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from multiprocessing import get_context

from traceability.log.checkpoints import Checkpoint
from traceability.log.entries import read_entry
from traceability.log.errors import EntryRefused, LogContradicts, SourceFailed
from traceability.log.makers import KEY_KINDS, MakerKeys
from traceability.log.merkle import (
    HASH_BYTES,
    leaf_hashes,
    root_at,
    root_of,
    tile_reader,
    tile_roots,
)
from traceability.log.shapes import EntryReader, Summary
from traceability.log.sources import Source, read_tile
from traceability.log.tiles import (
    BUNDLES,
    TILE_WIDTH,
    Tile,
    full_tiles,
    levels_of,
    tiles_of,
    unpack_entries,
)

SPAN = 64  # Bundles read by one call of a worker: 16,384 entries.
SINGLE = 2 * SPAN  # A log of no more bundles is read without other processes.
MOST_ENTRIES = 2**28  # 8 GB of leaf hashes; whoever says more wants our memory, not an audit.


@dataclass(frozen=True)
class BatchLine:
    """What an audit tells of one batch."""

    batch: str
    product: str
    lot: str
    count: int
    at: str


@dataclass
class Contents:
    """What the entries of a log, or a span of it, add up to."""

    kinds: Counter[str] = field(default_factory=Counter)
    stamps: int = 0
    batches: list[BatchLine] = field(default_factory=list)  # The first ones, in their order.

    def add(self, other: "Contents", most: int) -> None:
        """Take what the next span adds up to."""
        self.kinds += other.kinds
        self.stamps += other.stamps
        self.batches += other.batches[: max(most - len(self.batches), 0)]


@dataclass(frozen=True)
class Span:
    """What a worker found in some bundles that follow each other: roots, and the contents."""

    roots: list[bytes]  # Of the full tiles of leaf hashes.
    part: bytes  # The leaf hashes of the last, where it is no full tile.
    contents: Contents
    signed: list[bytes] = field(default_factory=list)  # Keys and batches, where they are checked.


def audit_tree(
    source: Source, checkpoint: Checkpoint, *, most_batches: int, makers: MakerKeys | None = None
) -> Contents:
    """Read all of a log as of a checkpoint and check that it has the root it says.

    With `makers` the signature of each batch too: some thousands a second.

    Raises:
        LogContradicts: entries, tiles and root do not fit together.
        MakerRefused: a batch is not signed by a key that was its maker's then.
        SourceFailed: a file cannot be had, or there are too many.
    """
    size = checkpoint.size
    if size > MOST_ENTRIES:
        raise SourceFailed(f"{size} entries are more than this program reads")
    contents, roots, part = Contents(), list[bytes](), b""
    read = partial(
        read_span, source=source, most_batches=most_batches, with_signed=makers is not None
    )
    for span in _spans(size, read):
        contents.add(span.contents, most_batches)
        if makers is not None:
            for raw in span.signed:
                makers.take(raw)
        roots += span.roots
        part = span.part
    edges = {(0, full_tiles(0, size)): part}
    for level in levels_of(size)[1:]:
        roots, edges[level, full_tiles(level, size)] = _check_level(source, size, level, roots)
    found = root_at(size, tile_reader(lambda level, index: edges[level, index]))
    if found != checkpoint.root:
        raise LogContradicts("the entries lead to another root than the checkpoint says")
    return contents


def read_span(
    tiles: Sequence[Tile], source: Source, most_batches: int, *, with_signed: bool = False
) -> Span:
    """Read bundles and their tiles of leaf hashes, and check each entry.

    Raises:
        LogContradicts: a tile is not that of its bundle, or an entry is none.
        SourceFailed: a file cannot be had.
    """
    contents, roots, part, reader = Contents(), list[bytes](), b"", EntryReader()
    signed: list[bytes] = []
    bundles = [Tile(BUNDLES, tile.index, tile.width) for tile in tiles]
    files = _read_all(source, [*bundles, *tiles])
    for tile, bundle, hashes in zip(tiles, files, files[len(tiles) :], strict=False):
        entries = _entries_of(tile, bundle)
        leaves = b"".join(leaf_hashes(entries))
        if hashes[: len(leaves)] != leaves or len(hashes) % HASH_BYTES:
            raise LogContradicts(f"{tile.path} is not that of its entries")
        try:
            told = _add_entries(contents, entries, reader, most_batches)
        except EntryRefused as wrong:
            raise LogContradicts(f"entries from {tile.index * TILE_WIDTH}, {wrong}") from wrong
        if with_signed:
            signed += [raw for raw, (kind, _) in told if kind in KEY_KINDS]
        if tile.width == TILE_WIDTH:
            roots.append(tile_roots(leaves))
        else:
            part = leaves
    return Span(roots, part, contents, signed)


def _spans(size: int, read: "partial[Span]") -> Iterator[Span]:
    tiles = list(tiles_of(size, 0))
    parts = [tiles[first : first + SPAN] for first in range(0, len(tiles), SPAN)]
    if len(tiles) <= SINGLE:
        yield from map(read, parts)
        return
    fresh = get_context("spawn")  # A fork of a process with threads may hang.
    with ProcessPoolExecutor(os.cpu_count(), mp_context=fresh) as workers:
        yield from _in_order(workers, read, parts)


def _in_order(
    workers: Executor, read: "partial[Span]", parts: Iterable[Sequence[Tile]]
) -> Iterator[Span]:
    try:
        yield from workers.map(read, parts)
    except BrokenProcessPool as died:
        raise SourceFailed("a process of the audit was ended") from died
    except BaseException:  # The first fault ends the audit: the rest need not be read.
        workers.shutdown(wait=False, cancel_futures=True)
        raise


def _read_all(source: Source, tiles: Sequence[Tile]) -> list[bytes]:
    """Read tiles by as many readers at once as the source likes, each with a part of them."""
    step = -(-len(tiles) // source.readers)
    parts = [tiles[first : first + step] for first in range(0, len(tiles), step)]

    def read(part: Sequence[Tile]) -> list[bytes]:
        with source.opened() as log:
            return [read_tile(log, tile) for tile in part]

    if len(parts) == 1:
        return read(tiles)
    with ThreadPoolExecutor(source.readers) as fetching:
        return list(chain.from_iterable(fetching.map(read, parts)))


def _entries_of(tile: Tile, bundle: bytes) -> list[bytes]:
    entries = unpack_entries(bundle)
    if len(entries) not in (tile.width, TILE_WIDTH):  # A whole one may stand in for its part.
        raise LogContradicts(f"{Tile(BUNDLES, tile.index).path} holds {len(entries)} entries")
    return entries[: tile.width]


def _add_entries(
    contents: Contents, entries: Sequence[bytes], reader: EntryReader, most_batches: int
) -> list[tuple[bytes, Summary]]:
    """Add up what entries say; gives each with what it adds up to."""
    summaries = reader.read_all(entries)
    contents.kinds.update(kind for kind, _ in summaries)
    contents.stamps += sum(stamps for _, stamps in summaries)
    told = list(zip(entries, summaries, strict=True))
    for raw, (kind, _) in told:
        if len(contents.batches) >= most_batches:
            break
        if kind == "batch":
            contents.batches.append(_line(read_entry(raw)))
    return told


def _line(fields: dict[str, object]) -> BatchLine:
    count = fields.get("count")
    return BatchLine(
        batch=str(fields.get("batch")),
        product=str(fields.get("product_name") or fields.get("product") or "–"),
        lot=str(fields.get("lot") or "–"),
        count=count if isinstance(count, int) else 0,
        at=str(fields["at"]),
    )


def _check_level(
    source: Source, size: int, level: int, hashes: Sequence[bytes]
) -> tuple[list[bytes], bytes]:
    """Check the tiles of a level above the leaves; the roots of its full tiles, and its part."""
    roots, part = list[bytes](), b""
    tiles = list(tiles_of(size, level))
    for tile, found in zip(tiles, _read_all(source, tiles), strict=True):
        held = hashes[tile.index * TILE_WIDTH : tile.index * TILE_WIDTH + tile.width]
        raw = b"".join(held)
        if found[: len(raw)] != raw:
            raise LogContradicts(f"{tile.path} is not that of the level below")
        if tile.width == TILE_WIDTH:
            roots.append(root_of(held))
        else:
            part = raw
    return roots, part
