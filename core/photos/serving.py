"""Serving what is private: each request has asked leave, and no answer is kept by anyone."""

from flask import Response

from core.errors import NotFound
from core.files import files
from core.photos.drawing import TYPES
from core.photos.models import Photo
from core.photos.queries import Picture, picture_in
from core.photos.service import original_of

SHOWN_WIDTH = 1_600  # Small letters on a stamp must be read.
SANDBOX = "default-src 'none'; sandbox"  # What is opened on its own runs nothing and reads nothing.


def private_answer(photo: Photo, *, width: int, filename: str) -> Response:
    """A private photo as JPEG in about this width, or a paper kept as PDF, to be saved.

    The caller has asked leave for this very request.

    Raises:
        NotFound: it was removed, or is not drawn yet.
    """
    if photo.removed_at is not None or photo.state not in {"drawn", "kept"}:
        raise NotFound(f"photo {photo.id} is {photo.state}")
    try:
        if photo.state == "kept":
            content, kind, extension = original_of(photo), "application/pdf", "pdf"
        else:
            content, kind, extension = (
                drawn_jpeg(picture_in(photo), width=width),
                TYPES["jpg"],
                "jpg",
            )
    except FileNotFoundError:
        raise NotFound(f"the file of photo {photo.id}") from None
    answer = Response(content, content_type=kind)
    shown = "inline" if extension == "jpg" else "attachment"
    answer.headers["Content-Disposition"] = f'{shown}; filename="{filename}.{extension}"'
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


def drawn_jpeg(picture: Picture, *, width: int) -> bytes:
    """A private photo that is drawn, as JPEG in about this width; the caller has asked leave.

    Raises:
        FileNotFoundError: it was removed meanwhile.
    """
    key = picture.url(width, "jpg").replace("/photos/", "private/", 1)
    with files().reading(key) as stream:
        return stream.read()
