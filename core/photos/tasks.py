"""Drawing photos, and throwing away what was removed or left half sent."""

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from core import clock, periods, pictures
from core.errors import AppError
from core.files import files
from core.giving_way import in_turns
from core.photos import drawing
from core.photos.models import PUBLIC_KINDS, Photo
from core.photos.service import original_of, piece_key, pieces_of
from core.work import WORKER, Work, reading, transaction
from core.worker.handle import JobHandle

if TYPE_CHECKING:
    from PIL.Image import Image

PIECE = 50


def draw_photo(job: JobHandle) -> None:
    """Kind `draw_photo`: draw the variants of a photo; what cannot be read is marked so.

    Idempotent: it writes the same files again. The row says `drawn` only when all are there.
    """
    with reading() as session:
        photo = session.get(Photo, job.arguments["photo_id"])
    if photo is None or photo.state != "waiting":
        return
    content = original_of(photo)
    try:
        picture = pictures.open_colour(content)
    except (pictures.NotAPicture, pictures.PictureTooLarge, pictures.BrokenPicture) as refusal:
        _refuse(photo, refusal)
        return
    _draw(job, photo, picture, name_of(photo, content))
    if photo.kind == "report":  # A stranger's photo says where it was taken: kept no longer.
        _delete_original(photo)


def name_of(photo: Photo, content: bytes) -> str:
    """The part of its addresses that is the photo's own."""
    return hashlib.sha256(photo.public_id.encode() + content).hexdigest()[:32]


def _draw(job: JobHandle, photo: Photo, picture: "Image", name: str) -> None:
    total = len(drawing.widths_of(picture.width))
    # Measured first: whoever removes a half drawn photo must know its files.
    with job.piece(0, total) as work:
        _note(work, photo, content_hash=name, **asdict(drawing.sketch(picture)))
    for done, width in enumerate(drawing.widths_of(picture.width), start=1):
        for extension, drawn in drawing.variants(picture, width):
            key = f"{folder_of(photo)}/{name}/{width}.{extension}"
            with files().writing(key, content_type=drawing.TYPES[extension]) as stream:
                stream.write(drawn)
        job.progress(done, total)
    with job.piece(total, total) as work:
        _note(work, photo, state="drawn")


def _note(work: Work, photo: Photo, **values: object) -> None:
    work.session.execute(
        update(Photo).where(Photo.id == photo.id, Photo.state == "waiting").values(**values)
    )


def folder_of(photo: Photo) -> str:
    """Where the variants are kept: those of private kinds are on no public address."""
    return "photos" if photo.kind in PUBLIC_KINDS else "private"


def forget_photos() -> None:
    """Delete photos removed a day ago, and what was left half sent; old reports' photos too.

    The files go first: a crash leaves a row that the next time deletes again.
    """
    _give_up()
    in_turns(_forget_some)


def _give_up() -> None:
    with transaction(by=WORKER) as work:
        work.session.execute(
            update(Photo)
            .where(Photo.state == "arriving", Photo.removed_at.is_(None))
            .where(Photo.created_at < work.now - periods.ARRIVING_PHOTOS.kept)
            .values(removed_at=work.now - periods.REMOVED_PHOTOS.kept)
        )
        work.session.execute(
            update(Photo)
            .where(Photo.kind == "report", Photo.created_at < work.now - periods.REPORT_PHOTOS.kept)
            .values(removed_at=work.now - periods.REMOVED_PHOTOS.kept)
        )


def _forget_some() -> bool:
    with reading() as session:
        old = select(Photo).where(Photo.removed_at <= clock.now() - periods.REMOVED_PHOTOS.kept)
        some = session.scalars(old.order_by(Photo.id).limit(PIECE)).all()
    for photo in some:
        _delete_files(photo)
    with transaction(by=WORKER) as work:
        still_old = (
            Photo.removed_at <= work.now - periods.REMOVED_PHOTOS.kept
        )  # Not brought back meanwhile.
        ids = [photo.id for photo in some]
        work.session.execute(delete(Photo).where(Photo.id.in_(ids), still_old))
    return len(some) == PIECE


def _delete_files(photo: Photo) -> None:
    _delete_original(photo)
    for width in drawing.widths_of(photo.width) if photo.width else ():
        for extension in drawing.TYPES:
            key = f"{folder_of(photo)}/{photo.content_hash}/{width}.{extension}"
            files().delete(key)


def _delete_original(photo: Photo) -> None:
    for number in range(pieces_of(photo)):
        files().delete(piece_key(photo, number))


def _refuse(photo: Photo, refusal: AppError) -> None:
    with transaction(by=WORKER) as work:
        _note(work, photo, state="refused", refusal=type(refusal).__name__)
