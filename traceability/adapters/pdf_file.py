"""A PDF written as it grows (ISO 32000-1): each object leaves memory when its page is done."""

import zlib
from typing import BinaryIO, Final

HEADER: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"  # Four bytes say that it is no plain text.
_CATALOG, _PAGES, _RESOURCES = 1, 2, 3  # Numbers known before the objects are written.


class PdfFile:
    """A file of pages that share their resources. Nothing in it tells when or where it was made."""

    def __init__(self, target: BinaryIO, *, width: float, height: float) -> None:
        """Begin a file; all pages have this size, in points."""
        self._target = target
        self._at = 0
        self._offsets: dict[int, int] = {}
        self._last = _RESOURCES
        self._pages: list[int] = []
        self._box = f"0 0 {width:.8g} {height:.8g}"
        self._write(HEADER)

    def add(self, body: str) -> int:
        """Write an object; give its number."""
        return self._object(self._next(), body.encode("latin-1"))

    def add_stream(self, content: bytes, entries: str = "") -> int:
        """Write a stream, compressed; `entries` are those of its dictionary besides the length."""
        packed = zlib.compress(content, 6)
        head = f"<<{entries}/Filter/FlateDecode/Length {len(packed)}>>stream\n".encode("latin-1")
        return self._object(self._next(), head + packed + b"\nendstream")

    def add_page(self, content: bytes) -> None:
        """Write a page."""
        stream = self.add_stream(content)
        page = (
            f"<</Type/Page/Parent {_PAGES} 0 R/MediaBox[{self._box}]"
            f"/Resources {_RESOURCES} 0 R/Contents {stream} 0 R>>"
        )
        self._pages.append(self.add(page))

    def finish(self, *, title: str, resources: str) -> None:
        """Write what names the pages and all they share."""
        kids = " ".join(f"{page} 0 R" for page in self._pages)
        self._object(_RESOURCES, f"<<{resources}>>".encode("latin-1"))
        self._object(
            _PAGES, f"<</Type/Pages/Count {len(self._pages)}/Kids[{kids}]>>".encode("latin-1")
        )
        # PrintScaling: viewers that heed it offer the labels' true size before any other.
        self._object(
            _CATALOG,
            f"<</Type/Catalog/Pages {_PAGES} 0 R/Lang(vi-VN)"
            "/ViewerPreferences<</PrintScaling/None/DisplayDocTitle true>>>>".encode("latin-1"),
        )
        about = self.add(f"<</Title{text_string(title)}/Creator{text_string('Gốc')}>>")
        began = self._at
        count = self._last + 1
        rows = "".join(f"{self._offsets[number]:010} 00000 n \n" for number in range(1, count))
        self._write(f"xref\n0 {count}\n0000000000 65535 f \n{rows}".encode("latin-1"))
        trailer = f"<</Size {count}/Root {_CATALOG} 0 R/Info {about} 0 R>>"
        self._write(f"trailer{trailer}\nstartxref\n{began}\n%%EOF\n".encode("latin-1"))

    def _next(self) -> int:
        self._last += 1
        return self._last

    def _object(self, number: int, body: bytes) -> int:
        self._offsets[number] = self._at
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        return number

    def _write(self, content: bytes) -> None:
        self._target.write(content)
        self._at += len(content)


def text_string(text: str) -> str:
    """Give a text of any letters as PDF writes it (7.9.2.2): UTF-16 in hexadecimal."""
    return f"<FEFF{text.encode('utf-16-be').hex()}>"
