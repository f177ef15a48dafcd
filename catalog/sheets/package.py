"""The archive an XLSX file is: looked over before a part is unpacked."""

import posixpath
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from catalog.errors import SheetActive, SheetLocked, SheetTooLarge, UnreadableSheet
from catalog.sheets.xml import read_part

MOST_DIRECTORY = 256 * 1024  # Of the archive's own list; a workbook has some dozen parts.
SMALL_PART = 2 * 1024 * 1024  # Of parts that only say where the others are.
_END = b"PK\x05\x06"
_END_BYTES = 22
_LONGEST_COMMENT = 65_535
_ENCRYPTED = 0x1
# Macros, other workbooks' values, files inside files: none is needed to read a table.
_ACTIVE = ("vbaproject.bin", "/macrosheets/", "/externallinks/", "/embeddings/", "/activex/")
_NESTED = (".zip", ".xlsx", ".xlsm", ".xlsb", ".xls", ".docx", ".docm", ".bin")
_HARMLESS = "printersettings"  # Excel's own .bin beside a sheet.


@dataclass(frozen=True)
class Package:
    """An archive without anything active, and where its parts are."""

    archive: ZipFile
    sheet: str  # The first sheet that is shown.
    strings: str | None
    styles: str | None
    counts_from_1904: bool


@dataclass
class _Relations:
    """A part's pointers to others: by id, and by the end of their type."""

    folder: str
    by_id: dict[str, str] = field(default_factory=dict)
    by_type: dict[str, str] = field(default_factory=dict)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name != "Relationship":
            return
        if attributes.get("TargetMode") == "External":
            raise SheetActive("points to another file")
        target = posixpath.normpath(posixpath.join("/" + self.folder, attributes.get("Target", "")))
        self.by_id[attributes.get("Id", "")] = target.lstrip("/")
        self.by_type.setdefault(attributes.get("Type", "").rpartition("/")[2], target.lstrip("/"))

    def end(self, name: str) -> None:
        """Nothing."""

    def text(self, text: str) -> None:
        """Nothing."""


@dataclass
class _Workbook:
    """Which sheet is the first shown, and from when days are counted."""

    first: str | None = None
    counts_from_1904: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904") in {"1", "true"}
        if name == "sheet" and self.first is None and attributes.get("state") in {None, "visible"}:
            ids = [value for key, value in attributes.items() if key.rpartition(":")[2] == "id"]
            self.first = next(iter(ids), None)

    def end(self, name: str) -> None:
        """Nothing."""

    def text(self, text: str) -> None:
        """Nothing."""


def open_package(stream: IO[bytes]) -> Package:
    """Look an archive over and find its first sheet.

    Raises:
        UnreadableSheet: it is no workbook. SheetLocked: it has a password.
        SheetActive: it holds macros, links to other files, or files. SheetTooLarge: too many parts.
    """
    _refuse_long_directory(stream)
    try:
        archive = ZipFile(stream)
    except (BadZipFile, NotImplementedError, struct.error, ValueError) as error:
        raise UnreadableSheet(str(error)) from error
    for info in archive.infolist():
        _refuse_part(info)
    book = _relations(archive, "_rels/.rels", "").by_type.get("officeDocument")
    if book is None:
        raise UnreadableSheet("no workbook in the archive")
    folder, name = posixpath.split(book)
    relations = _relations(archive, f"{folder}/_rels/{name}.rels".lstrip("/"), folder)
    workbook = _Workbook()
    for _ in read_part(archive, book, workbook, most_bytes=SMALL_PART):
        pass
    sheet = relations.by_id.get(workbook.first or "")
    if sheet is None:
        raise UnreadableSheet("the workbook has no sheet")
    types = relations.by_type
    return Package(
        archive, sheet, types.get("sharedStrings"), types.get("styles"), workbook.counts_from_1904
    )


def _refuse_long_directory(stream: IO[bytes]) -> None:
    """Before the archive's list is read: each of its entries costs memory."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _END_BYTES - _LONGEST_COMMENT))
    tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        raise UnreadableSheet("no archive")
    (directory,) = struct.unpack("<I", tail[at + 12 : at + 16])
    if directory > MOST_DIRECTORY:
        raise SheetTooLarge(f"a directory of {directory} bytes")
    stream.seek(0)


def _refuse_part(info: ZipInfo) -> None:
    name = "/" + info.filename.lower()
    if info.flag_bits & _ENCRYPTED:
        raise SheetLocked("an encrypted part")
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:  # Others unpack without a bound.
        raise UnreadableSheet(f"compressed by {info.compress_type}")
    is_nested = name.endswith(_NESTED) and _HARMLESS not in name
    if is_nested or any(word in name for word in _ACTIVE):
        raise SheetActive(name)


def _relations(archive: ZipFile, name: str, folder: str) -> _Relations:
    relations = _Relations(folder)
    for _ in read_part(archive, name, relations, most_bytes=SMALL_PART):
        pass
    return relations
