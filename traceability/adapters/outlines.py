"""Letters as SVG paths, so that a file shows the same words on computers without the font."""

from functools import lru_cache
from typing import Final

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from traceability.adapters.label_words import Line
from traceability.adapters.lettering import font_file, width

_DECIMALS: Final = 1  # Of a dot: 8 µm at 300 dpi.


class Outlines:
    """The letters of one weight."""

    def __init__(self, font: str) -> None:
        """Read the font's file."""
        self.font = font
        read = TTFont(font_file(font))
        self._glyphs = read.getGlyphSet()
        self._names = read.getBestCmap()
        self.units: int = read["head"].unitsPerEm

    def letter(self, letter: str) -> str:
        """Give a letter's path in the font's units, y upwards; "" for a blank."""
        pen = SVGPathPen(self._glyphs)
        self._glyphs[self._names[ord(letter)]].draw(pen)
        path: str = pen.getCommands()
        return path

    def line(self, line: Line, *, dots_a_point: float) -> str:
        """Give the path of a whole line, in dots from a label's lower left corner, y downwards."""
        pen = SVGPathPen(self._glyphs, ntos=_short)
        scale = line.points * dots_a_point / self.units
        x, y = line.x * dots_a_point, -line.y * dots_a_point
        for letter, before in zip(line.text, _before(line.text), strict=True):
            ahead = width(before, self.font, line.points) * dots_a_point
            place = (
                (0, -scale, -scale, 0, x, y - ahead)
                if line.turned
                else (scale, 0, 0, -scale, x + ahead, y)
            )
            self._glyphs[self._names[ord(letter)]].draw(TransformPen(pen, place))
        path: str = pen.getCommands()
        return path


@lru_cache(maxsize=4)
def outlines(font: str) -> Outlines:
    """Give the letters of a weight, whose file is read once."""
    return Outlines(font)


def _before(text: str) -> list[str]:
    """For each letter of a text, what stands before it."""
    return [text[:at] for at in range(len(text))]


def _short(number: float) -> str:
    return f"{round(number, _DECIMALS) + 0:g}"
