"""Workbooks for the tests: small ones by hand, real ones by openpyxl."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from catalog.sheets import write_table


def book(rows: Iterable[Sequence[str]] = (("a", "b"), ("1", "2"))) -> BytesIO:
    """A workbook of texts, as we write it."""
    first, *rest = rows
    stream = BytesIO()
    write_table(stream, first, rest, kind="xlsx")
    stream.seek(0)
    return stream


def changed(
    parts: Mapping[str, bytes], *, base: BytesIO | None = None, compression: int = ZIP_DEFLATED
) -> BytesIO:
    """A workbook with some parts put in place of its own, or beside them."""
    source, target = ZipFile(base or book()), BytesIO()
    with ZipFile(target, "w", compression) as archive:
        for name in source.namelist():
            if name not in parts:
                archive.writestr(name, source.read(name))
        for name, part in parts.items():
            archive.writestr(name, part)
    target.seek(0)
    return target


def sheet_xml(rows: str) -> bytes:
    """The XML of a sheet with these rows."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode()
