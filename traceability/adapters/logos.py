"""A maker's logo beside the code of a label: where it has room, and the dots it is burnt as.

It never takes anything from the code or its quiet zone: it stands above the words right of the
code, or at the upper end of the words up a square's side, and they are shortened for it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from traceability.adapters.label_words import MM, Grey

MOST: Final = 8.0 * MM  # Larger takes the words' room and says no more.
LEAST: Final = 3.5 * MM  # Less is a blot at 203 dots an inch: 28 dots.
_THINNEST: Final = 2.0 * MM  # Of its shorter side, whatever its shape: letters need as much.
GAP: Final = 0.4 * MM  # Between logo and words.
_TURNED_FROM: Final = (
    1.25  # Wider than this for its height, it runs up a square's side as words do.
)
# Of a square's side that a logo may take from its words; one that runs upwards is mostly a name.
_SHARE, _SHARE_TURNED = 0.4, 0.6
_DARK: Final = 128
# A drawing of flat colours has few middling greys: hard edges burn best. A photo has many: only
# scattered dots show them.
_MIDDLING: Final = (64, 192)
_MOST_MIDDLING: Final = 0.2


@dataclass(frozen=True, slots=True)
class LogoBox:
    """Where a logo stands, from a label's upper left corner, in points."""

    x: float
    top: float
    width: float
    height: float
    turned: bool = False  # Runs upwards, its top to the left.


@dataclass(frozen=True, slots=True)
class BurntLogo:
    """A logo at its place, in dots from a label's upper left corner; true is dark."""

    x: int
    y: int
    dots: NDArray[np.bool_]

    @property
    def width(self) -> int:
        """Its width in dots."""
        return int(self.dots.shape[1])

    @property
    def height(self) -> int:
        """Its height in dots."""
        return int(self.dots.shape[0])


def box_above(logo: Grey, *, x: float, top: float, width: float, height: float) -> LogoBox | None:
    """Place a logo in a room above the words of a label; None: it is too low or too narrow."""
    high = min(MOST, height)
    if high < LEAST or width < LEAST:
        return None
    aspect = _aspect(logo)
    high = min(high, width / aspect)
    return _legible(LogoBox(x, top, high * aspect, high))


def box_beside(
    logo: Grey, *, x: float, top: float, width: float, height: float, most: float
) -> LogoBox | None:
    """Place a logo at the upper end of a square's side, `most` long; None: it has too little room.

    `height` is the whole side's.
    """
    aspect = _aspect(logo)
    turned = aspect > _TURNED_FROM
    ratio = aspect if turned else 1 / aspect  # Its length up the side for its width across.
    share = _SHARE_TURNED if turned else _SHARE
    across, along = min(MOST, width), min(MOST * ratio, height * share, most)
    if across < LEAST or along < LEAST:
        return None
    across = min(across, along / ratio)
    return _legible(LogoBox(x + (width - across) / 2, top, across, across * ratio, turned))


def burnt(logo: Grey, box: LogoBox, *, dots_a_point: float) -> BurntLogo:
    """Give a logo as a printer's dots: nothing but black and white."""
    picture = Image.fromarray(logo)
    if box.turned:
        picture = picture.rotate(90, expand=True)
    size = max(1, int(box.width * dots_a_point)), max(1, int(box.height * dots_a_point))
    small = picture.resize(size, Image.Resampling.LANCZOS)
    dots = _scattered(small) if _is_photo(logo) else np.asarray(small) < _DARK
    return BurntLogo(round(box.x * dots_a_point), round(box.top * dots_a_point), dots)


def _legible(box: LogoBox) -> LogoBox | None:
    return box if min(box.width, box.height) >= _THINNEST else None


def _scattered(picture: Image.Image) -> NDArray[np.bool_]:
    white = np.asarray(picture.convert("1", dither=Image.Dither.FLOYDSTEINBERG))
    return ~white.astype(np.bool_)


def _is_photo(logo: Grey) -> bool:
    low, high = _MIDDLING
    return float(((logo > low) & (logo < high)).mean()) > _MOST_MIDDLING


def _aspect(logo: Grey) -> float:
    height, width = logo.shape
    return float(width / height)
