"""Photos that come whole with a form, as browsers without script send them."""

from collections.abc import Sequence

from flask import request

from accounts.web import writing
from catalog import queries, service
from catalog.errors import TooManyPhotos
from catalog.service import PhotoPlace
from core.photos.models import Photo
from core.photos.whole import read_whole, store_whole
from core.work import Work, reading

Contents = Sequence[tuple[bytes, str]]  # Of each file its bytes and the state they come to.
Kept = Sequence[tuple[int, str]]  # Of each photo its id and that state.


def photos_sent(kind: str) -> Contents:
    """The files of the field `photos`, read and judged; nothing is kept yet.

    Raises:
        PhotoTooHeavy, NotAPicture, PictureTooLarge: one of them cannot be taken.
    """
    chosen = [file for file in request.files.getlist("photos") if file.filename]
    return [read_whole(file, kind=kind) for file in chosen]


def keep_photos(place: PhotoPlace, contents: Contents) -> Kept:
    """Keep them where nobody sees them yet; a crash leaves them to the cleaner.

    Raises:
        TooManyPhotos, TooManyArriving: there is no room.
    """
    return [(_kept(place, content).id, state) for content, state in contents]


def begin_photos(work: Work, place: PhotoPlace, contents: Contents) -> None:
    """Make room for photos of what begins in the same transaction; `finish_photos` fills it.

    Raises:
        TooManyPhotos, TooManyArriving: there is no room.
    """
    # Photos on their way take no place yet: those beyond the last one would be lost unsaid.
    if len(contents) > service.MOST_IN_GALLERY:
        raise TooManyPhotos(f"{len(contents)} at once", most=service.MOST_IN_GALLERY)
    for content, _ in contents:
        service.begin_product_photo(work, place, bytes_=len(content), piece_bytes=len(content))


def finish_photos(product_public_id: str, contents: Contents) -> None:
    """Keep and show what was begun: the same form again goes on where a crash left the first."""
    with reading() as session:
        begun = queries.arriving_photos(session, product_public_id)
    left = list(contents)
    for photo in begun:
        match = next((each for each in left if len(each[0]) == photo.bytes), None)
        if match is None:  # Begun by another form.
            continue
        left.remove(match)
        store_whole(photo, match[0], writing=writing)
        with writing() as work:
            take_photos(work, [(photo.id, match[1])])


def take_photos(work: Work, kept: Kept) -> None:
    """Show them, in the transaction of what they were sent for."""
    for photo_id, state in kept:
        service.take_product_photo(work, photo_id=photo_id, state=state)


def _kept(place: PhotoPlace, content: bytes) -> Photo:
    size = len(content)
    with writing() as work:
        photo = service.begin_product_photo(work, place, bytes_=size, piece_bytes=size or 1)
    store_whole(photo, content, writing=writing)
    return photo
