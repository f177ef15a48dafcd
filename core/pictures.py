"""Uploaded pictures: judged by their content before a pixel is unpacked."""

from io import BytesIO
from typing import TYPE_CHECKING

from core.errors import AppError, sentence

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 64_000_000  # Real phones make 50 million; JPEG is unpacked at a smaller scale.
MOST_PIXELS_WHOLE = 24_000_000  # PNG and WebP unpack whole: 72 MB at three bytes a pixel.
LONGEST_SIDE = 3_000  # Enough to read a square code that fills a tenth of the picture.


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

    Raises:
        NotAPicture: not one of FORMATS.
        PictureTooLarge: too many pixels; nothing was unpacked.
        BrokenPicture: it cannot be unpacked.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415  # Heavy; rarely used.

    Image.MAX_IMAGE_PIXELS = None  # Ours are stricter, and refuse instead of warning.
    try:
        picture = Image.open(BytesIO(content), formats=FORMATS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise NotAPicture(type(error).__name__) from None
    most = MOST_PIXELS if picture.format == "JPEG" else MOST_PIXELS_WHOLE
    if picture.width * picture.height > most:
        raise PictureTooLarge(f"{picture.width} x {picture.height}")
    try:
        picture.draft("L", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG alone heeds it.
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return upright.convert("L")
    except (OSError, ValueError, SyntaxError) as error:
        raise BrokenPicture(type(error).__name__) from None
