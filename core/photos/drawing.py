"""A photo in the sizes pages show: four widths, each as WebP and as JPEG, and a tiny preview."""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTHS = (320, 640, 960, 1_600)  # Two cards on a phone, one; a page on a sharp screen; the whole.
PREVIEW_SIDE = 16  # Some 100 bytes: enough to tell a green leaf from a brown jar.
TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
# A knife and a bowl stay sharp; half the bytes of the encoders' defaults. A card is seen beside 23
# others on a weak signal: together they have 200 kB.
_WEBP = {"format": "WEBP", "quality": 74, "method": 4}
_WEBP_CARD = {**_WEBP, "quality": 60}
_JPEG = {"format": "JPEG", "quality": 76, "optimize": True, "progressive": True}
_PREVIEW = {"format": "WEBP", "quality": 30, "method": 6}


@dataclass(frozen=True)
class Sketch:
    """What a page must know of a photo before its first byte arrives."""

    width: int
    height: int
    preview: str  # WebP in base64.


def widths_of(width: int) -> list[int]:
    """The widths a photo of this width is drawn in: none is made larger than it is."""
    smaller = [each for each in WIDTHS if each < width]
    return [*smaller, width] if len(smaller) < len(WIDTHS) else smaller


def sketch(picture: "Image") -> Sketch:
    """Measure a picture opened by `pictures.open_colour`, and draw its preview."""
    tiny = picture.copy()
    tiny.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    return Sketch(
        picture.width, picture.height, base64.b64encode(_saved(tiny, _PREVIEW)).decode("ascii")
    )


def variants(picture: "Image", width: int) -> Iterator[tuple[str, bytes]]:
    """The photo in one of its widths, as (`webp`, its bytes) and as (`jpg`, its bytes)."""
    height = max(1, round(picture.height * width / picture.width))
    drawn = picture.resize((width, height)) if width != picture.width else picture
    yield "webp", _saved(drawn, _WEBP_CARD if width == WIDTHS[0] else _WEBP)
    yield "jpg", _saved(drawn, _JPEG)


def _saved(picture: "Image", options: Mapping[str, Any]) -> bytes:
    stream = BytesIO()
    picture.save(stream, **options)
    return stream.getvalue()
