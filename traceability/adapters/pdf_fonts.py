"""Letters of a PDF: the bundled fonts as subsets of what a batch says, found again when copied."""

from collections.abc import Iterable
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import makeToUnicodeCMap

from traceability.adapters.pdf_file import PdfFile

_PLAIN: Final = range(32, 127)  # Codes that stand for themselves.
_FIRST_EXTRA: Final = 127
_MOST: Final = 256
_SYMBOLIC: Final = 4  # The font's own codes (9.8.2).


class Subset:
    """One weight of the font, with the letters a file needs."""

    def __init__(self, font: str, letters: Iterable[str]) -> None:
        """Number the letters: those of ASCII keep their codes, the others follow."""
        wanted = sorted({ord(letter) for letter in letters})
        extra = [code for code in wanted if code not in _PLAIN]
        assert _FIRST_EXTRA + len(extra) <= _MOST, "more letters than one subset holds"
        self._points = [code if code in wanted else 32 for code in range(_FIRST_EXTRA)] + extra
        self._codes = {point: code for code, point in enumerate(self._points)} | {32: 32}
        self._font = font

    def encoded(self, text: str) -> bytes:
        """Give a text as a string of PDF, brackets and all."""
        codes = bytes(self._codes[ord(letter)] for letter in text)
        for sign in (b"\\", b"(", b")"):
            codes = codes.replace(sign, b"\\" + sign)
        return b"(%b)" % codes

    def write(self, file: PdfFile) -> int:
        """Write the font; give its object's number."""
        face = pdfmetrics.getFont(self._font).face
        program = face.makeSubset(self._points)
        program_at = file.add_stream(program, f"/Length1 {len(program)}")
        name = f"GOCTEM+{face.name.decode('ascii')}"
        box = " ".join(f"{each:.0f}" for each in face.bbox)
        descriptor = file.add(
            f"<</Type/FontDescriptor/FontName/{name}/Flags {_SYMBOLIC}/FontBBox[{box}]"
            f"/ItalicAngle 0/Ascent {face.ascent:.0f}/Descent {face.descent:.0f}"
            f"/CapHeight {face.capHeight:.0f}/StemV {face.stemV:.0f}/FontFile2 {program_at} 0 R>>"
        )
        to_unicode = file.add_stream(makeToUnicodeCMap(name, self._points).encode("latin-1"))
        widths = " ".join(f"{face.getCharWidth(point):.0f}" for point in self._points)
        return file.add(
            f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/FirstChar 0"
            f"/LastChar {len(self._points) - 1}/Widths[{widths}]"
            f"/FontDescriptor {descriptor} 0 R/ToUnicode {to_unicode} 0 R>>"
        )
