"""Label papers that shops sell, as data: a further paper is a further row.

All sizes in millimetres, from the sheet's top left corner. Makers print them on the pack; other
makers' papers of the same grid fit too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

A4_MM: Final = (210, 297)


@dataclass(frozen=True, slots=True)
class Paper:
    """An A4 sheet of labels."""

    words: str  # As a shop calls it.
    columns: int
    rows: int
    left_mm: float  # Of the first label's corner.
    top_mm: float
    width_mm: float  # Of one label.
    height_mm: float
    pitch_x_mm: float  # From one label to the next.
    pitch_y_mm: float
    code_mm: float  # The most a code may take, quiet zone and all; the rest is for the words.

    @property
    def labels(self) -> int:
        """Labels on a sheet."""
        return self.columns * self.rows


# A label of 20 mm has no room for words beside its code; the papers of 20 mm that shops sell are
# 21.2 mm high and wider. A code of 16 mm leaves a printer's drift of 2 mm above and below.
PAPERS: Final[Mapping[str, Paper]] = MappingProxyType(
    {
        # Avery L7651 and its likes: the commonest small label.
        "a4-65": Paper("A4 65 tem 38 × 21 mm", 5, 13, 4.67, 10.7, 38.1, 21.2, 40.64, 21.2, 16.0),
        # Avery L4736 and its likes: a larger code, words a little wider.
        "a4-48": Paper("A4 48 tem 46 × 21 mm", 4, 12, 9.79, 21.3, 45.7, 21.2, 48.24, 21.2, 19.0),
    }
)
DEFAULT_PAPER: Final = "a4-65"
