"""XML of strangers, read as a stream: no document type, bounded depth, size and tokens."""

import zlib
from collections.abc import Iterator, Mapping
from typing import Protocol
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from catalog.errors import SheetTooLarge, UnreadableSheet

CHUNK = 64 * 1024
DEEPEST = 40  # Sheets nest nine deep; each open tag costs the parser memory.
QUIETEST = 16  # Chunks without one event: a single tag of a megabyte is no sheet's.


class Reader(Protocol):
    """What takes in a part's elements, by their names without prefix."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Characters inside the element begun last."""


def read_part(archive: ZipFile, name: str, reader: Reader, *, most_bytes: int) -> Iterator[None]:
    """Feed a part to `reader`; yields after each piece, so that a caller may take what is ready.

    Raises:
        UnreadableSheet: there is no such part, or it is no XML as sheets have it.
        SheetTooLarge: it says that it unpacks to more than `most_bytes` (and never gives more).
    """
    try:
        size = archive.getinfo(name).file_size
        if size > most_bytes:
            raise SheetTooLarge(f"{name} has {size} bytes")
        feed = _Feed(reader)
        with archive.open(name) as part:
            while chunk := part.read(CHUNK):
                feed.take(chunk)
                yield
        feed.end()
    except (KeyError, BadZipFile, zlib.error, EOFError, expat.ExpatError) as error:
        raise UnreadableSheet(f"{name}: {error}") from error


class _Feed:
    """expat's handlers: names without prefix, and the bounds."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._depth = 0
        self._quiet = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._refuse

    def take(self, chunk: bytes) -> None:
        self._quiet += 1
        self._parser.Parse(chunk, False)
        if self._quiet > QUIETEST:
            raise UnreadableSheet("a tag without end")

    def end(self) -> None:
        self._parser.Parse(b"", True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._quiet = 0
        self._depth += 1
        if self._depth > DEEPEST:
            raise UnreadableSheet("nested too deep")
        self._reader.start(name.rpartition(":")[2], attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._reader.end(name.rpartition(":")[2])

    def _text(self, text: str) -> None:
        self._quiet = 0
        self._reader.text(text)

    def _refuse(self, *_: object) -> None:
        raise UnreadableSheet("a document type")
