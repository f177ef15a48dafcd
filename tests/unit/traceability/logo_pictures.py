"""Pictures that stand for makers' logos in tests."""

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

SQUARE = (300, 300)
WIDE = (500, 200)


def drawn(size: tuple[int, int], colour: str = "black") -> Image.Image:
    """A ring and a bar on white: no edge of it is free."""
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    width, height = size
    draw.ellipse((0, 0, height - 1, height - 1), fill=colour)
    draw.ellipse((height // 3, height // 3, 2 * height // 3, 2 * height // 3), fill="white")
    draw.rectangle((height // 2, height // 3, width - 1, height // 2), fill=colour)
    return picture


def grey(size: tuple[int, int] = SQUARE) -> NDArray[np.uint8]:
    """The same as the pixels labels are drawn from."""
    return np.asarray(drawn(size).convert("L"))


def sent(picture: Image.Image, kind: str = "PNG") -> bytes:
    """The same as a file somebody chooses."""
    written = BytesIO()
    picture.save(written, kind)
    return written.getvalue()
