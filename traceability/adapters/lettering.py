"""Letters on labels: Be Vietnam Pro embedded as a subset, lines that never run over their edge."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR: Final = "BeVietnamPro-400"
BOLD: Final = "BeVietnamPro-600"
# Small letters of 5 pt are 0.93 mm high: above the 0.9 mm that Regulation (EU) 1169/2011, article
# 13(3), asks of the smallest packs, the strictest rule a maker of these goods is likely to meet.
SMALLEST_POINTS: Final = 5.0
SMALLEST_SERIAL_POINTS: Final = 3.6  # Capitals and digits alone are then 0.94 mm high.
ELLIPSIS: Final = "…"
_LONGEST_STUB: Final = 5  # Four letters and the ellipsis.
_FONTS: Final = Path(__file__).parents[2] / "static" / "vendor" / "be-vietnam-pro-5.3.0"
# Pages write lots with a hyphen that never breaks; the font knows only the plain one.
_PLAIN: Final = str.maketrans({"\u2011": "-", "\u2010": "-", "\u00a0": " ", "\u202f": " "})


def font_file(name: str) -> str:
    """Give the path of a weight's file."""
    return str(_FONTS / f"be-vietnam-pro-{name.rpartition('-')[2]}.ttf")


def register_fonts() -> None:
    """Make both weights known to reportlab; a second time costs nothing."""
    known = pdfmetrics.getRegisteredFontNames()
    for name in (REGULAR, BOLD):
        if name not in known:
            pdfmetrics.registerFont(TTFont(name, font_file(name)))


def plain(text: str) -> str:
    """Give the text in letters the font has: one line, plain hyphens, `?` for a foreign letter."""
    known = pdfmetrics.getFont(REGULAR).face.charToGlyph
    line = " ".join(text.translate(_PLAIN).split())
    return "".join(letter if ord(letter) in known else "?" for letter in line)


def width(text: str, font: str, points: float) -> float:
    """Give the width of a line, in points."""
    return float(pdfmetrics.stringWidth(text, font, points))


def widest_of(texts: Sequence[str], font: str) -> float:
    """Give the width of the widest of many lines of plain letters, in ems."""
    face = pdfmetrics.getFont(font).face
    table = np.array([face.getCharWidth(code) for code in range(128)], dtype=np.int64)
    length = len(texts[0])
    assert all(len(text) == length for text in texts)
    codes = np.frombuffer("".join(texts).encode("ascii"), dtype=np.uint8)
    return float(table[codes].reshape(-1, length).sum(axis=1).max()) / 1000


def shortened(text: str, font: str, points: float, room: float) -> str:
    """Give the line, or its beginning and an ellipsis where it is wider than `room` points."""
    if width(text, font, points) <= room:
        return text
    kept = text
    while kept and width(kept.rstrip() + ELLIPSIS, font, points) > room:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS


def is_stub(line: str) -> bool:
    """Whether so little is left of a shortened line that it says nothing."""
    return line.endswith(ELLIPSIS) and len(line) <= _LONGEST_STUB


def wrapped(text: str, font: str, points: float, room: float, lines: int) -> list[str]:
    """Give at most `lines` lines, broken between words; the last is shortened where it must be."""
    words = text.split()
    given: list[str] = []
    while words and len(given) < lines - 1:
        taken = 1
        while taken < len(words) and width(" ".join(words[: taken + 1]), font, points) <= room:
            taken += 1
        given.append(shortened(" ".join(words[:taken]), font, points, room))
        words = words[taken:]
    if words:
        given.append(shortened(" ".join(words), font, points, room))
    return given


def largest(text: str, font: str, points: float, room: float) -> float:
    """Give the size, `points` or smaller, at which the line fits; never below what can be read."""
    fitting = points * room / max(width(text, font, points), 1e-9)
    return max(SMALLEST_POINTS, min(points, fitting))
