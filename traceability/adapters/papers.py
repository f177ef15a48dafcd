"""Label papers as data: what is not here is a further row.

All sizes in millimetres, from the upper left corner of the sheet, or of one row of a roll. Makers
print them on the pack; other makers' papers of the same grid fit too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

A4_MM: Final = (210, 297)
LEAST_FOR_SCRATCH_MM: Final = 20.0  # On a smaller label the digits would take the code's place.
# What a code leaves below itself for its serial, and above and below where words stand beside it.
LEAST_BELOW_MM: Final = 2.46
_LEAST_AROUND_MM: Final = 0.6
_MOST_BESIDE: Final = 1.3  # Wider than this for its height, a label has its words beside the code.


class PaperKind(StrEnum):
    """How labels come off: peeled from a sheet, cut out of one, or peeled from a roll."""

    DIE_CUT = "die_cut"
    TO_CUT = "to_cut"
    ROLL = "roll"


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of labels, or a roll, of which one row across is a page."""

    kind: PaperKind
    columns: int
    rows: int
    left_mm: float  # Of the first label's corner.
    top_mm: float
    width_mm: float  # Of one label.
    height_mm: float
    pitch_x_mm: float  # From one label to the next.
    pitch_y_mm: float
    code_mm: float  # The most a code may take, quiet zone and all; the rest is for the words.
    page_mm: tuple[float, float] = A4_MM
    scratch_mm: float = 0.0  # A strip at each label's foot for a number under a scratch layer.

    @property
    def labels(self) -> int:
        """Labels on a sheet, or across a roll."""
        return self.columns * self.rows

    @property
    def is_roll(self) -> bool:
        """Whether it goes through a label printer, whose dots must be known."""
        return self.kind is PaperKind.ROLL

    @property
    def words(self) -> str:
        """What the margin of a sheet calls it."""
        size = f"{self.width_mm:.0f} × {self.height_mm:.0f} mm"
        return f"cuộn tem {size}" if self.is_roll else f"A4 {self.labels} tem {size}"

    @property
    def has_words_beside(self) -> bool:
        """Whether the words stand right of the code; else below it and up its right side."""
        return self.width_mm > self.height_mm * _MOST_BESIDE


def _to_cut(side_mm: float, columns: int, rows: int, code_mm: float) -> Paper:
    """Squares edge to edge in the middle of a plain adhesive sheet: one cut parts two labels."""
    left, top = (A4_MM[0] - columns * side_mm) / 2, (A4_MM[1] - rows * side_mm) / 2
    sizes = (left, top, side_mm, side_mm, side_mm, side_mm, code_mm)
    return Paper(PaperKind.TO_CUT, columns, rows, *sizes)


def _roll(width_mm: float, height_mm: float, code_mm: float, columns: int = 1) -> Paper:
    """Labels on a backing, `columns` across with 2 mm between; the printer finds the next row."""
    pitch = width_mm + 2
    page = (columns * pitch - 2, height_mm)
    sizes = (0, 0, width_mm, height_mm, pitch, height_mm, code_mm)
    return Paper(PaperKind.ROLL, columns, 1, *sizes, page)


# A code's share leaves what the serial needs: a label of 15 mm holds 0.34 mm modules, one of 20 mm
# 0.42, of 25 mm 0.51, of 30 mm 0.59, all at 300 dpi for an address with a GTIN (37 modules with
# the quiet zone). A printer's drift of a millimetre is why no code fills its label.
PAPERS: Final[Mapping[str, Paper]] = MappingProxyType(
    {
        # Avery L7651 and its likes: the commonest small label.
        "a4-65": Paper(PaperKind.DIE_CUT, 5, 13, 4.67, 10.7, 38.1, 21.2, 40.64, 21.2, 16.0),
        # Avery L4736 and its likes: a larger code, words a little wider.
        "a4-48": Paper(PaperKind.DIE_CUT, 4, 12, 9.79, 21.3, 45.7, 21.2, 48.24, 21.2, 19.0),
        # "Decal A4 nguyên tờ": plain adhesive A4, which every stationer has. Margins of 5 mm and
        # more: office printers reach to 4.2 mm from the edge.
        "a4-15": _to_cut(15, 13, 18, 12.54),
        "a4-20": _to_cut(20, 10, 14, 15.7),
        "a4-25": _to_cut(25, 8, 11, 18.9),
        "a4-30": _to_cut(30, 6, 9, 22.0),
        # Rolls for label printers. Squares are cut to order by label makers in any number; 50 × 30
        # and 35 × 22 mm, three across on 110 mm, are what shops for cash registers have in stock.
        "roll-15": _roll(15, 15, 12.54),
        "roll-20": _roll(20, 20, 15.7),
        "roll-25": _roll(25, 25, 18.9),
        "roll-30": _roll(30, 30, 22.0),
        "roll-35x22": _roll(35, 22, 16.0, columns=3),
        "roll-50x30": _roll(50, 30, 25.2),
    }
)
DEFAULT_PAPER: Final = "a4-65"


def with_scratch_strip(paper: Paper) -> Paper | None:
    """The paper with a strip for a scratch field and a smaller code; None: it has no room."""
    if paper.height_mm < LEAST_FOR_SCRATCH_MM:
        return None
    strip = paper.height_mm / 5 - 0.5  # 3.5 mm of 20, 5.5 of 30: layers are sold from 3 mm up.
    below = _LEAST_AROUND_MM if paper.has_words_beside else LEAST_BELOW_MM
    code = min(paper.code_mm, paper.height_mm - strip - below)
    return replace(paper, code_mm=code, scratch_mm=strip)
