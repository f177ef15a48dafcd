"""A log in a folder, written so that no crash unsays what was said.

Order of publication: bundles and tiles, each written aside, synced and renamed; their folders
synced; the promise; then, signed by the caller, the checkpoint by rename; its folder synced.
Whoever reads the checkpoint therefore finds everything below it.

The promise is the largest checkpoint ever handed out for signing. A crash between a signature
and its publication must not lead to another tree of that size: a witness may have cosigned it.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from traceability.log.checkpoints import Checkpoint, parse_checkpoint
from traceability.log.errors import (
    AnotherLog,
    AnotherRoot,
    NoteRefused,
    PromiseBroken,
    PublishedMeanwhile,
    PublishedMore,
    TileMissing,
)
from traceability.log.files import DiskFiles, Files
from traceability.log.merkle import (
    EMPTY_ROOT,
    HashReader,
    leaf_hash,
    root_at,
    root_of,
    split_hashes,
    tile_reader,
)
from traceability.log.notes import split_note
from traceability.log.tiles import (
    BUNDLES,
    TILE_WIDTH,
    Tile,
    full_tiles,
    levels_of,
    pack_entries,
    tile_at,
    unpack_entries,
)

CHECKPOINT, PROMISE, LOCK = "checkpoint", "promise", "lock"
ASIDE = ".new"  # What is being written bears it until it is whole; a crash leaves it behind.


def origin_of(folder: Path) -> str | None:
    """The origin of the log in `folder`; None where none was begun.

    Raises:
        NoteRefused, CheckpointRefused: the promise is damaged.
        OSError: it cannot be read.
    """
    try:
        promise = (folder / PROMISE).read_bytes()
    except FileNotFoundError:
        return None
    return parse_checkpoint(_text(promise)).origin


class FolderLog:
    """The log of `origin` in `folder`: one writer at a time, any number of readers."""

    def __init__(self, folder: Path, *, origin: str, files: Files | None = None) -> None:
        self._folder = folder
        self._origin = origin
        self._files = files or DiskFiles()

    def published(self) -> Checkpoint | None:
        """What strangers read now; None before the first publication.

        Raises:
            AnotherLog: the folder holds the log of another origin.
            NoteRefused, CheckpointRefused: the file is no checkpoint.
        """
        note = self.published_note()
        return None if note is None else self._read(split_note(note)[0])

    def published_note(self) -> str | None:
        """The signed checkpoint strangers read now; None before the first publication.

        Raises:
            NoteRefused: the file is no text.
        """
        note = self._files.read(self._folder / CHECKPOINT)
        return None if note is None else _text(note)

    def promised(self) -> Checkpoint | None:
        """The largest checkpoint ever handed out for signing; None before the first.

        Raises:
            AnotherLog: the folder holds the log of another origin.
            NoteRefused, CheckpointRefused: the file is no checkpoint.
        """
        promise = self._files.read(self._folder / PROMISE)
        return None if promise is None else self._read(_text(promise))

    def promised_entries(self) -> list[bytes]:
        """Entries promised, not yet published: the next `extend` must begin with them."""
        return self.entries(self._published_size(), self._promised_size())

    def extend(self, entries: Sequence[bytes], *, after: int) -> Checkpoint:
        """Write `entries` after the `after` published ones; give the checkpoint to be signed.

        Nothing is published by it: without `publish` the log stays as strangers know it.

        Raises:
            PublishedMeanwhile: not `after` entries are published: somebody else wrote.
            PromiseBroken: the entries do not begin with `promised_entries()`.
            AnotherRoot: the tiles no longer are those that were published.
            EntryTooLarge: an entry has more than 65,535 bytes.
            OSError: the folder could not be written; the same call may be made again.
        """
        self._files.make_folder(self._folder)
        with self._files.alone(self._folder / LOCK):
            old = self.published() or Checkpoint(self._origin, 0, EMPTY_ROOT)
            if old.size != after:
                raise PublishedMeanwhile(f"{old.size} entries are published, not {after}")
            waiting = self.promised_entries()
            if list(entries[: len(waiting)]) != waiting:
                raise PromiseBroken(f"{len(waiting)} entries were promised that are not given")
            self._require_root(old)
            size = old.size + len(entries)
            self._write_all(self._new_files(old.size, entries))
            promise = Checkpoint(self._origin, size, root_at(size, self.reader(size)))
            if promise != self.promised():
                self._write_all([(PROMISE, promise.text().encode())])
            return promise

    def publish(self, note: str) -> None:
        """Let strangers read `note`, the signed checkpoint `extend` gave; then tidy up.

        The same checkpoint may be published again, with more cosignatures.

        Raises:
            PublishedMore: the log has published more already.
            AnotherRoot: this size has another root, or was never written.
            AnotherLog, NoteRefused, CheckpointRefused: it is no checkpoint of this log.
            OSError: the folder could not be written; the same call may be made again.
        """
        new = self._read(split_note(note)[0])
        with self._files.alone(self._folder / LOCK):
            old_size = self._published_size()
            if new.size < old_size:
                raise PublishedMore(f"{old_size} entries are published, not {new.size}")
            if new.size > self._promised_size():
                raise AnotherRoot(f"{new.size} entries were never written")
            self._require_root(new)
            self._write_all([(CHECKPOINT, note.encode())])
            self._remove_parts(old_size, new.size)

    def reader(self, size: int) -> HashReader:
        """Read hashes of the tree of `size` leaves, which must have been published or promised."""

        def read_tile(level: int, index: int) -> bytes:
            return self.tile(tile_at(level, index, size))

        return tile_reader(read_tile)

    def tile(self, tile: Tile) -> bytes:
        """The bytes of a tile or bundle; where its part is gone, of the whole that replaced it.

        Raises:
            TileMissing: the folder has neither.
        """
        for one in (tile, tile.whole):
            found = self._files.read(self._folder / one.path)
            if found is not None:
                return found
        raise TileMissing(tile.path)

    def entries(self, first: int, end: int) -> list[bytes]:
        """The entries from `first` up to, and without, `end`, of what was promised."""
        found: list[bytes] = []
        size = max(self._promised_size(), self._published_size())
        for index in range(first // TILE_WIDTH, -(-end // TILE_WIDTH)):
            found += unpack_entries(self.tile(tile_at(BUNDLES, index, size)))
        skipped = first % TILE_WIDTH
        return found[skipped : skipped + end - first]

    def _read(self, text: str) -> Checkpoint:
        checkpoint = parse_checkpoint(text)
        if checkpoint.origin != self._origin:
            raise AnotherLog(f"{checkpoint.origin} is not {self._origin}")
        return checkpoint

    def _published_size(self) -> int:
        published = self.published()
        return published.size if published else 0

    def _promised_size(self) -> int:
        promised = self.promised()
        return promised.size if promised else 0

    def _require_root(self, checkpoint: Checkpoint) -> None:
        if root_at(checkpoint.size, self.reader(checkpoint.size)) != checkpoint.root:
            raise AnotherRoot(f"the tiles of {checkpoint.size} entries have another root")

    def _new_files(self, start: int, entries: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
        """What a tree of `start` leaves lacks to hold `entries` too: names and contents."""
        for tile, bundle in self._pieces(BUNDLES, start, entries):
            yield tile.path, pack_entries(bundle)
        level, hashes = 0, [leaf_hash(entry) for entry in entries]
        while hashes:
            above = []
            for tile, piece in self._pieces(level, start, hashes):
                yield tile.path, b"".join(piece)
                if tile.width == TILE_WIDTH:
                    above.append(root_of(piece))
            level, start, hashes = level + 1, start // TILE_WIDTH, above

    def _pieces(
        self, level: int, start: int, new: Sequence[bytes]
    ) -> Iterator[tuple[Tile, Sequence[bytes]]]:
        """The tiles of a level that `new` fills, the first with what it held before."""
        index, held = divmod(start, TILE_WIDTH)
        unpack = unpack_entries if level == BUNDLES else split_hashes
        before = unpack(self.tile(Tile(level, index, held)))[:held] if held and new else []
        pieces = [*before, *new]
        for first in range(0, len(pieces), TILE_WIDTH):
            piece = pieces[first : first + TILE_WIDTH]
            yield Tile(level, index + first // TILE_WIDTH, len(piece)), piece

    def _write_all(self, contents: Iterable[tuple[str, bytes]]) -> None:
        """Write files that readers see whole or not at all, and make their names durable."""
        folders = {self._folder, self._folder.parent}
        for name, content in contents:
            path = self._folder / name
            aside = path.with_name(path.name + ASIDE)
            self._files.make_folder(path.parent)
            self._files.write(aside, content)
            self._files.rename(aside, path)
            folders.update(one for one in path.parents if one.is_relative_to(self._folder))
        for folder in sorted(folders):
            self._files.sync_folder(folder)

    def _remove_parts(self, old_size: int, new_size: int) -> None:
        """Remove parts of tiles that whole ones have replaced (c2sp.org/tlog-tiles allows it).

        A crash before it leaves some behind: they cost room and say nothing wrong.
        """
        for level in (BUNDLES, *levels_of(new_size)):
            first, end = (full_tiles(level, size) for size in (old_size, new_size))
            for index in range(first, end):
                self._files.remove_folder(self._folder / f"{Tile(level, index).path}.p")


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as wrong:
        raise NoteRefused("not UTF-8") from wrong
