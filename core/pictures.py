"""Uploaded pictures: judged by their content before a pixel is unpacked."""

from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from core.errors import AppError, Busy, sentence
from core.jpeg import coefficient_bytes

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 115_000_000  # Unpacked, all told; the biggest phones' JPEG needs a third of it.
MOST_PIXELS = 64_000_000  # Real phones make 50 million.
LONGEST_SIDE = 3_000  # Enough to read a square code that fills a tenth of the picture.
# Bytes a pixel, measured as peak memory: what is unpacked and what making it grey copies.
BYTES_BY_MODE = {"1": 2, "L": 2, "P": 2, "RGB": 5, "RGBA": 5, "LA": 5, "PA": 5, "I;16": 3, "I": 5}
MOST_A_PIXEL = 9  # CMYK, which becomes RGB first, and whatever else there is.
WEBP_BYTES = 18  # Its decoder keeps canvas, frame and copies.
LONGEST_WAIT_SECONDS = 5.0
_ONE_AT_A_TIME = Lock()


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


def open_grey(content: bytes) -> "Image":
    """The picture in shades of grey, its longest side at most LONGEST_SIDE, upright.

    One at a time in a process: four at once would need four times the memory.

    Raises:
        NotAPicture: not one of FORMATS.
        PictureTooLarge: it would need too many pixels or bytes; nothing was unpacked.
        BrokenPicture: it cannot be unpacked.
        Busy: others' pictures took all the time.
    """
    if not _ONE_AT_A_TIME.acquire(timeout=LONGEST_WAIT_SECONDS):
        raise Busy("too many pictures are being read")
    try:
        return _opened(content)
    finally:
        _ONE_AT_A_TIME.release()


def _opened(content: bytes) -> "Image":
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415  # Heavy; rarely used.

    Image.MAX_IMAGE_PIXELS = None  # Ours are stricter, and refuse instead of warning.
    try:
        picture = Image.open(BytesIO(content), formats=FORMATS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise NotAPicture(type(error).__name__) from None
    pixels = picture.width * picture.height
    kept = coefficient_bytes(content) if picture.format == "JPEG" else 0
    try:
        picture.draft("L", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG alone heeds it.
        if pixels > MOST_PIXELS or _unpacked_bytes(picture) + kept > MOST_BYTES:
            raise PictureTooLarge(f"{picture.mode} {pixels}")
        # Grey before smaller before upright: each step copies the picture.
        grey = picture.convert("L")
        picture.close()
        grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return ImageOps.exif_transpose(grey)
    except (OSError, ValueError, SyntaxError) as error:
        raise BrokenPicture(type(error).__name__) from None


def _unpacked_bytes(picture: "Image") -> int:
    each = WEBP_BYTES if picture.format == "WEBP" else BYTES_BY_MODE.get(picture.mode, MOST_A_PIXEL)
    return picture.width * picture.height * each
