"""Put a cover together: ground, scene, motif, woven band."""

from functools import lru_cache
from typing import TypeVar

from catalog.covers.bands import BANDS, band_rows
from catalog.covers.motifs import MOTIFS
from catalog.covers.palettes import PALETTES, Palette
from catalog.covers.scenes import SCENES
from catalog.covers.words import motifs_for

# A page shows 24 covers; 4,096 drawings of 1.5 kB are 6 MB at most.
_KEPT_DRAWINGS = 4096

Option = TypeVar("Option")


@lru_cache(maxsize=_KEPT_DRAWINGS)
def cover_svg(name: str, group: str, seed: int) -> str:
    """Give the drawing of a product as SVG markup of at most 1.5 kB, to stand inline in a page.

    Words of `name` choose the motif, else `group` ("thuc_pham" …); `seed` (any whole number ≥ 0,
    always the same for a product) chooses pigments, scene and band, so that a list looks woven,
    not stamped. The drawing says nothing the name beside it does not say: it is hidden from
    screen readers.
    """
    choice = _Choice(seed)
    motif = MOTIFS[choice.of(motifs_for(name, group))]
    pigments = PALETTES[choice.of(motif.pigments)]
    scene = choice.of(SCENES)
    band = choice.of(BANDS)
    mirrored = choice.of((False, True))
    drawn = (
        motif.drawing
        if not mirrored
        else f'<g transform="matrix(-1 0 0 1 320 0)">{motif.drawing}</g>'
    )
    return _paint(
        '<svg viewBox="0 0 320 400" aria-hidden="true"><path d="M-800 0H1120V400H-800Z" fill="$g"/>'
        f"{scene}"
        '<g fill="$m" stroke="$i" stroke-width="6" stroke-linecap="round" stroke-linejoin="round">'
        f'{drawn}</g><path d="M-800 338H1120V400H-800Z" fill="$i"/>{band_rows(band)}</svg>',
        pigments,
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


def _paint(drawing: str, pigments: Palette) -> str:
    for mark, colour in pigments.items():
        drawing = drawing.replace(mark, colour)
    return drawing
