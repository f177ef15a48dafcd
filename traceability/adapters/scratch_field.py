"""The field of a label that a scratch layer covers: a strip at its foot, words, and a box."""

from dataclasses import dataclass
from typing import Final

from traceability.adapters.label_words import CAPITALS, MM, Box, Line
from traceability.adapters.lettering import BOLD, REGULAR, SMALLEST_POINTS, width
from traceability.adapters.papers import Paper

WORDS: Final = "Cào lấy mã"
OUTLINE_POINTS: Final = 0.5
_GROUPED: Final = "000 000"  # As the digits stand; each is given the room of the widest.
_LARGEST_POINTS: Final = 8.0
_SIDE_MM: Final = 0.5  # Free at the label's sides and foot: knives and printers drift …
_FOOT_MM: Final = 0.6
_ABOVE_MM: Final = 0.2  # … but not against what stands above.
_GAP: Final = 0.3 * MM  # Between words and box.
_PADDING: Final = 0.4 * MM  # Between the box and the digits, to the left and right.
_LEADING: Final = 1.24  # A box's height for digits of one point.


@dataclass(frozen=True, slots=True)
class ScratchField:
    """Words that say what to do, the box a layer covers, and where its digits stand; in points."""

    words: Line
    box: Box
    points: float  # Of the digits.
    x: float
    y: float

    def shows(self, digits: str) -> Line:
        """A stamp's own digits in their box, in two groups as people read them."""
        half = len(digits) // 2
        text = f"{digits[:half]} {digits[half:]}"
        x = self.x + (self._room - width(text, BOLD, self.points)) / 2
        return Line(text, BOLD, self.points, x, self.y)

    @property
    def _room(self) -> float:
        return _widest(self.points)


def scratch_field(paper: Paper) -> ScratchField:
    """Place the field of a paper that has a strip for it."""
    assert paper.scratch_mm, paper
    foot, height = _FOOT_MM * MM, (paper.scratch_mm - _FOOT_MM - _ABOVE_MM) * MM
    left, room = _SIDE_MM * MM, (paper.width_mm - 2 * _SIDE_MM) * MM
    box_x = left + width(WORDS, REGULAR, SMALLEST_POINTS) + _GAP
    widest = left + room - box_x - 2 * _PADDING
    points = min(_LARGEST_POINTS, height / _LEADING, widest / _widest(1))
    assert points >= SMALLEST_POINTS, "the label is too narrow for a scratch field"
    box = Box(box_x, foot, _widest(points) + 2 * _PADDING, height)
    words_y = foot + (height - SMALLEST_POINTS * CAPITALS) / 2
    words = Line(WORDS, REGULAR, SMALLEST_POINTS, left, words_y)
    return ScratchField(
        words, box, points, box_x + _PADDING, foot + (height - points * CAPITALS) / 2
    )


def _widest(points: float) -> float:
    """The width of the widest digits."""
    digits = max(width(digit, BOLD, points) for digit in "0123456789")
    return digits * (len(_GROUPED) - 1) + width(" ", BOLD, points)
