"""Put a cover together: ground, scene, motif, woven band."""

from functools import cache
from typing import TypeVar

from catalog.covers.bands import BANDS, band_rows
from catalog.covers.motifs import MOTIFS
from catalog.covers.palettes import PALETTES
from catalog.covers.scenes import SCENES
from catalog.covers.words import motifs_for

_GROUND = '<path d="M-800 0H1120V400H-800Z" fill="$g"/>'
_MOTIF = '<g fill="$m" stroke="$i" stroke-width="6" stroke-linecap="round" stroke-linejoin="round">'
_TURNED = '<g transform="matrix(-1 0 0 1 320 0)">'
_FOOT = '<path d="M-800 338H1120V400H-800Z" fill="$i"/>'
_ROWS = tuple(band_rows(band) for band in BANDS)

Option = TypeVar("Option")


def cover_svg(name: str, group: str, seed: int) -> str:
    """Give the drawing of a product as SVG markup of at most 1.5 kB, to stand inline in a page.

    Words of `name` choose the motif, else `group` ("thuc_pham" …); `seed` (any whole number ≥ 0,
    always the same for a product) chooses pigments, scene and band, so that a list looks woven,
    not stamped. The drawing says nothing the name beside it does not say: it is hidden from
    screen readers.
    """
    choice = _Choice(seed)
    motif = MOTIFS[choice.of(motifs_for(name, group))]
    pigments = choice.of(motif.pigments)
    scene = choice.of(SCENES)
    rows = choice.of(_ROWS)
    drawn = _painted(motif.drawing, pigments)
    if choice.of((False, True)):
        drawn = f"{_TURNED}{drawn}</g>"
    return (
        f'<svg viewBox="0 0 320 400" aria-hidden="true">{_painted(_GROUND, pigments)}'
        f"{_painted(scene, pigments)}{_painted(_MOTIF, pigments)}{drawn}</g>"
        f"{_painted(_FOOT, pigments)}{_painted(rows, pigments)}</svg>"
    )


class _Choice:
    """Turns one number into several independent choices, each using up a part of it."""

    def __init__(self, seed: int) -> None:
        assert seed >= 0, seed
        # Knuth's multiplicative hash: neighbouring seeds must not give neighbouring pictures.
        self._left = (seed * 2_654_435_761 + 97) % 2**61

    def of(self, options: tuple[Option, ...]) -> Option:
        """Take the next choice."""
        self._left, at = divmod(self._left, len(options))
        return options[at]


@cache  # Each of some eighty pieces in a dozen pigments: half a megabyte, whatever is drawn.
def _painted(piece: str, pigments: str) -> str:
    for mark, colour in PALETTES[pigments].items():
        piece = piece.replace(mark, colour)
    return piece
