"""CSV as programs of this country write it: four encodings, three separators."""

import codecs
import csv
import io
from collections.abc import Iterator

from catalog.errors import UnreadableSheet

SEPARATORS = ",;\t"
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT = 4_096
_MANY_ZEROS = 0.2  # A fifth zeros: letters of two bytes, without a mark.
_QUOTED = ("'=", "'+", "'-", "'@", "'\t", "'\r")
_EXCELS_LINE = "sep="


def read_csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Give (number of the line, texts of its cells) of each line that says something.

    Raises:
        UnreadableSheet: it is no text, or its quotes do not pair.
    """
    text = _decoded(content)
    first, _, rest = text.partition("\n")
    skipped = 0
    separator = _separator(first)
    if first.strip().lower().startswith(_EXCELS_LINE):
        separator, text, skipped = first.strip()[len(_EXCELS_LINE) :][:1] or ",", rest, 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            texts = [_unquoted(cell.strip()) for cell in cells]
            if any(texts):
                yield reader.line_num + skipped, texts
    except csv.Error as error:
        raise UnreadableSheet(f"line {reader.line_num}: {error}") from error


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKED:
        if content.startswith(mark):
            return _text(content, encoding)
    start = content[:_LOOKED_AT]
    if start and start.count(0) > len(start) * _MANY_ZEROS:
        return _text(content, "utf-16-be" if start[0] == 0 else "utf-16-le")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = _text(content, "cp1258")  # Windows's Vietnamese: Excel's "CSV" without UTF-8.
    if "\x00" in text:
        raise UnreadableSheet("zeros in a text")
    return text


def _text(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableSheet(f"not {encoding}") from error


def _separator(heading: str) -> str:
    """The separator that stands most often outside quotes in the first line."""
    outside = "".join(heading.split('"')[::2])
    return max(SEPARATORS, key=outside.count)


def _unquoted(cell: str) -> str:
    """Without the apostrophe our own exports put before what a program might run."""
    return cell[1:].strip() if cell.startswith(_QUOTED) else cell
