"""A maker's picture made ready for labels: grey, without margins, without what a camera wrote."""

from io import BytesIO
from typing import Final

import numpy as np

from core.pictures import open_colour
from traceability.adapters.label_words import Grey
from traceability.logo_errors import LogoIsBlank, LogoTooLong, LogoTooSmall

MOST_SIDE: Final = 480  # Pixels: 20 mm, the longest logo, at 600 dots an inch.
_LEAST_SIDE: Final = 40  # Fewer are squares to be seen on any label.
_LONGEST: Final = 5  # Times its height; a longer one is a line.
_LEAST_RANGE: Final = 48  # Of 255 greys; a sheet photographed by itself has fewer.
_PAPER: Final = 245  # As light as this is paper: scans and photos are never quite white.


def drawn_logo(content: bytes) -> bytes:
    """Give an uploaded picture as a small grey PNG: its pixels alone, as dark as they can be.

    Raises:
        NotAPicture, PictureTooLarge, BrokenPicture, Busy: see core.pictures.
        LogoIsBlank: nothing is drawn on it.
        LogoTooSmall: too few pixels to print.
        LogoTooLong: a line rather than a logo.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415  # Heavy; rarely used.

    grey = open_colour(content).convert("L")
    if np.ptp(np.asarray(grey)) < _LEAST_RANGE:
        raise LogoIsBlank("as light everywhere")
    grey = ImageOps.autocontrast(grey)
    found = Image.fromarray(np.asarray(grey) < _PAPER).getbbox()
    if found is None:
        raise LogoIsBlank("nothing darker than paper")
    logo = grey.crop(found)
    short, long = sorted(logo.size)
    if short < _LEAST_SIDE:
        raise LogoTooSmall(f"{logo.size} pixels", least=_LEAST_SIDE)
    if long > _LONGEST * short:
        raise LogoTooLong(f"{logo.size} pixels", most=_LONGEST)
    logo.thumbnail((MOST_SIDE, MOST_SIDE))
    written = BytesIO()
    logo.save(written, "PNG", optimize=True)
    return written.getvalue()


def grey_of(picture: bytes) -> Grey:
    """Give the pixels of a logo that `drawn_logo` made."""
    from PIL import Image  # noqa: PLC0415

    with Image.open(BytesIO(picture), formats=("PNG",)) as opened:
        return np.asarray(opened.convert("L"))
