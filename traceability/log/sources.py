"""Where a published log is read from: a folder, or an address. Bounded in size and time."""

import http.client
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Protocol
from urllib.parse import urlsplit

from traceability.log.errors import SourceFailed
from traceability.log.merkle import HASH_BYTES
from traceability.log.tiles import (
    BUNDLES,
    LENGTH_BYTES,
    MOST_ENTRY_BYTES,
    TILE_WIDTH,
    Tile,
)

MOST_NOTE_BYTES = 1_000_000
MOST_TILE_BYTES = TILE_WIDTH * HASH_BYTES
MOST_BUNDLE_BYTES = TILE_WIDTH * (MOST_ENTRY_BYTES + LENGTH_BYTES)
SILENCE_SECONDS = 10  # Until a server that says nothing is given up,
FILE_SECONDS = 60  # and one that says it a byte at a time.
PIECE_BYTES = 1 << 16
GZIP_BYTES = 8192  # By how much gzip may lengthen what it cannot shorten, as hashes.
AUDITOR = "goc-audit/1"


class Reader(Protocol):
    """A published log, by the names of its files."""

    def read(self, name: str, most: int) -> bytes | None:
        """The bytes of a file; None where there is none.

        Raises:
            SourceFailed: it has more than `most` bytes, or cannot be read.
        """


class Source(Protocol):
    """Where a log is; any number of readers may be opened, each for one thread."""

    @property
    def readers(self) -> int:
        """How many of them at once are worth it for one worker."""

    def opened(self) -> AbstractContextManager[Reader]:
        """A reader, until the end of the block."""


def source_of(place: str) -> Source:
    """The log at an address (http, https) or in a folder.

    Raises:
        SourceFailed: it is neither.
    """
    if place.startswith(("http://", "https://")):
        return Address(place.rstrip("/"))
    if not Path(place).is_dir():
        raise SourceFailed(f"{place} is neither an address nor a folder")
    return Folder(Path(place))


def read_tile(log: Reader, tile: Tile) -> bytes:
    """A tile or bundle; where its part is gone, the whole that replaced it.

    Raises:
        SourceFailed: it is missing, too large, or cannot be read.
    """
    most = MOST_BUNDLE_BYTES if tile.level == BUNDLES else MOST_TILE_BYTES
    for one in (tile, tile.whole):
        found = log.read(one.path, most)
        if found is not None:
            return found
    raise SourceFailed(f"{tile.path} is missing")


@dataclass(frozen=True)
class Folder:
    """A log as it was exported."""

    folder: Path

    @property
    def readers(self) -> int:
        """As the port says: a file here is had sooner than a thread is begun."""
        return 1

    @contextmanager
    def opened(self) -> Iterator["Folder"]:
        """As the port says."""
        yield self

    def read(self, name: str, most: int) -> bytes | None:
        """As the port says."""
        try:
            with (self.folder / name).open("rb") as file:
                # Asked for by its size: a read of `most` would have room made for all of it.
                content = file.read(min(most, os.fstat(file.fileno()).st_size) + 1)
        except FileNotFoundError:
            return None
        except OSError as failed:
            raise SourceFailed(f"{name}: {failed.strerror}") from failed
        if len(content) > most:
            raise SourceFailed(f"{name} is too large")
        return content


@dataclass(frozen=True)
class Address:
    """A log as it is served."""

    url: str

    @property
    def readers(self) -> int:
        """As the port says: most of the time is the way there."""
        return 8

    @contextmanager
    def opened(self) -> Iterator["Served"]:
        """As the port says."""
        try:
            parts = urlsplit(self.url)
            secure = parts.scheme == "https"
            kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
            connection = kind(parts.hostname or "", parts.port, timeout=SILENCE_SECONDS)
        except ValueError as wrong:
            raise SourceFailed(f"{self.url} is no address") from wrong
        with closing(connection):
            yield Served(connection, parts.path)


@dataclass(frozen=True)
class Served:
    """One connection to a log. Redirects are not followed: a log has one address."""

    connection: http.client.HTTPConnection
    path: str

    def read(self, name: str, most: int) -> bytes | None:
        """As the port says."""
        try:
            status, encoding, body = self._get(f"{self.path}/{name}", most)
        except (OSError, http.client.HTTPException, ValueError) as failed:
            self.connection.close()
            raise SourceFailed(f"{name}: {failed or type(failed).__name__}") from failed
        if status == http.client.NOT_FOUND:
            return None
        if status != http.client.OK:
            raise SourceFailed(f"{name}: answered {status}")
        content = _gunzipped(body, most) if encoding == "gzip" else body
        if len(content) > most:
            raise SourceFailed(f"{name} is too large")
        return content

    def _get(self, path: str, most: int) -> tuple[int, str, bytes]:
        try:
            return self._ask(path, most)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self.connection.close()  # One kept open had ended: ask once more, by a new one.
            return self._ask(path, most)

    def _ask(self, path: str, most: int) -> tuple[int, str, bytes]:
        headers = {"Accept-Encoding": "gzip, identity", "User-Agent": AUDITOR}
        self.connection.request("GET", path, headers=headers)
        with self.connection.getresponse() as answer:
            body = _read_bounded(answer.read, most + GZIP_BYTES)
            if not answer.isclosed():  # Longer than allowed: the rest is not worth reading.
                self.connection.close()
            return answer.status, answer.getheader("Content-Encoding", ""), body


def _read_bounded(read: Callable[[int], bytes], most: int) -> bytes:
    """At most one byte more than `most`, however slowly they come within FILE_SECONDS."""
    until, pieces, held = monotonic() + FILE_SECONDS, list[bytes](), 0
    while held <= most:
        piece = read(min(PIECE_BYTES, most + 1 - held))
        if not piece:
            break
        pieces.append(piece)
        held += len(piece)
        if monotonic() > until:
            raise TimeoutError("too slow")
    return b"".join(pieces)


def _gunzipped(body: bytes, most: int) -> bytes:
    """The content of a gzip body, at most one byte more than `most` of it."""
    unzip = zlib.decompressobj(wbits=31)
    try:
        content = unzip.decompress(body, most + 1)
    except zlib.error as wrong:
        raise SourceFailed("not gzip") from wrong
    if len(content) <= most and not unzip.eof:
        raise SourceFailed("gzip without end")
    return content
