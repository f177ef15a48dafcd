"""Uploaded pictures: judged by their content before a pixel is unpacked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from core.errors import AppError, sentence
from core.jpeg import coefficient_bytes
from core.turns import Turns

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 115_000_000  # Unpacked, all told; the biggest phones' JPEG needs a third of it.
MOST_PIXELS = 64_000_000  # Real phones make 50 million.
FROM_JPEG = frozenset({"JPEG", "MPO"})  # MPO: what many phones' cameras write in a .jpg.
_TURNS = Turns("too many pictures are being read")


class NotAPicture(AppError):
    """The file is no JPEG, PNG or WebP, whatever its name says."""

    status = 415
    sentence = sentence("Chỉ nhận ảnh JPEG, PNG hoặc WebP.")


class PictureTooLarge(AppError):
    """More pixels than a phone makes."""

    status = 413
    sentence = sentence("Ảnh này quá lớn. Xin chụp lại ở cỡ thường, hoặc cắt bớt.")


class BrokenPicture(AppError):
    """The picture begins well and ends in rubbish."""

    sentence = sentence("Ảnh này bị hỏng nên không đọc được. Xin chụp lại.")


@dataclass(frozen=True)
class _Way:
    """How a picture is unpacked, and what each pixel of it costs on the way, measured as peaks."""

    longest_side: int
    draft: str  # What JPEG alone can give at once.
    bytes_by_mode: Mapping[str, int]
    most_a_pixel: int  # CMYK, which becomes RGB first, and whatever else there is.
    webp_bytes: int  # Its decoder keeps canvas, frame and copies.


GREY = _Way(
    longest_side=3_000,  # Enough to read a square code that fills a tenth of the picture.
    draft="L",
    # What is unpacked and what making it grey copies.
    bytes_by_mode={"1": 2, "L": 2, "P": 2, "RGB": 5, "RGBA": 5, "LA": 5, "PA": 5}
    | {"I;16": 3, "I": 5},
    most_a_pixel=9,
    webp_bytes=18,
)
COLOUR = _Way(
    longest_side=1_600,  # The widest of a photo's variants: core/photos/drawing.py.
    draft="RGB",
    # What is unpacked, and what making it smaller copies where it is transparent.
    bytes_by_mode={"1": 6, "L": 2, "P": 10, "RGB": 5, "RGBA": 9},
    most_a_pixel=13,
    webp_bytes=18,
)


def check(content: bytes) -> None:
    """Judge a picture by its first bytes; nothing is unpacked, so it takes a moment.

    Raises:
        NotAPicture, PictureTooLarge: see `open_colour`.
    """
    _judged(content, COLOUR).close()


def open_grey(content: bytes) -> "Image":
    """The picture in shades of grey, its longest side at most 3,000 pixels, upright.

    One at a time in a process: four at once would need four times the memory.

    Raises:
        NotAPicture: not one of FORMATS.
        PictureTooLarge: it would need too many pixels or bytes; nothing was unpacked.
        BrokenPicture: it cannot be unpacked.
        Busy: others' pictures took all the time.
    """
    return _one_at_a_time(content, GREY, _grey)


def open_colour(content: bytes) -> "Image":
    """The picture's pixels alone, its longest side at most 1,600, upright, on white.

    What the camera wrote beside them (place, time, maker, comments, colour profile) is not in it.

    Raises:
        NotAPicture, PictureTooLarge, BrokenPicture, Busy: as `open_grey`.
    """
    return _one_at_a_time(content, COLOUR, _colour)


def _one_at_a_time(content: bytes, way: _Way, made: Callable[["Image"], "Image"]) -> "Image":
    with _TURNS:
        picture = _judged(content, way)
        try:
            return made(picture)
        except (OSError, ValueError, SyntaxError) as error:
            raise BrokenPicture(type(error).__name__) from None


def _judged(content: bytes, way: _Way) -> "Image":
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  # Heavy; rarely used.

    Image.MAX_IMAGE_PIXELS = None  # Ours are stricter, and refuse instead of warning.
    try:
        picture = Image.open(BytesIO(content), formats=FORMATS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise NotAPicture(type(error).__name__) from None
    pixels = picture.width * picture.height
    kept = coefficient_bytes(content) if picture.format in FROM_JPEG else 0
    try:
        picture.draft(way.draft, (way.longest_side, way.longest_side))  # JPEG alone heeds it.
    except (OSError, ValueError, SyntaxError) as error:
        raise BrokenPicture(type(error).__name__) from None
    if pixels > MOST_PIXELS or _unpacked_bytes(picture, way) + kept > MOST_BYTES:
        raise PictureTooLarge(f"{picture.mode} {pixels}")
    return picture


def _unpacked_bytes(picture: "Image", way: _Way) -> int:
    is_webp = picture.format == "WEBP"
    each = way.webp_bytes if is_webp else way.bytes_by_mode.get(picture.mode, way.most_a_pixel)
    return picture.width * picture.height * each


def _grey(picture: "Image") -> "Image":
    from PIL import ImageOps  # noqa: PLC0415

    # Grey before smaller before upright: each step copies the picture.
    grey = picture.convert("L")
    picture.close()
    grey.thumbnail((GREY.longest_side, GREY.longest_side))
    return ImageOps.exif_transpose(grey)


def _colour(picture: "Image") -> "Image":
    from PIL import Image, ImageOps  # noqa: PLC0415

    small = picture
    if picture.mode not in {"RGB", "RGBA", "L"}:
        small = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        picture.close()
    small.thumbnail((COLOUR.longest_side, COLOUR.longest_side), reducing_gap=2.0)
    upright = ImageOps.exif_transpose(small)
    # Painted on new ground: nothing but pixels comes along.
    clean = Image.new("RGB", upright.size, "white")
    clean.paste(upright, mask=upright.getchannel("A") if upright.mode == "RGBA" else None)
    return clean
