"""Photos that come whole, in one form, as browsers without script send them."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from werkzeug.datastructures import FileStorage

from core.photos.errors import PhotoTooHeavy
from core.photos.models import MOST_BYTES, Photo
from core.photos.service import judge, note_piece, store_piece
from core.work import Work


def read_whole(file: FileStorage, *, kind: str) -> tuple[bytes, str]:
    """The bytes of a photo and the state it will have by the first of them; nothing is kept yet.

    Raises:
        PhotoTooHeavy: more than phones make.
        NotAPicture, PictureTooLarge: see core.pictures.
    """
    content = file.stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise PhotoTooHeavy("a whole photo", most=MOST_BYTES // 1_000_000)
    return content, judge(content, kind=kind)


def store_whole(
    photo: Photo, content: bytes, *, writing: Callable[[], AbstractContextManager[Work]]
) -> None:
    """Keep a photo that was begun as one piece; whoever begins it takes it afterwards.

    `writing` opens the transaction of whoever sends it, who may have lost the right to meanwhile.
    A crash in between leaves it to the cleaner.
    """
    store_piece(photo, offset=0, content=content)
    with writing() as work:
        note_piece(work, photo_id=photo.id, offset=0, length=len(content))
