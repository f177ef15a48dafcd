"""Taking photos: in pieces that may come twice, whole in the end, then drawn by a job.

A sender begins, sends pieces in their order, and finishes. A piece is kept as a file before the
row says so: what a crash leaves is sent again, over the same file.
"""

from dataclasses import dataclass

from sqlalchemy import func, select, update

from core import jobs, periods, pictures
from core.files import files
from core.photos.errors import NoPhoto, PhotoTooHeavy, PieceMissing, TooManyArriving
from core.photos.models import MOST_BYTES, Photo
from core.work import Work

DRAWING = "draw_photo"
PIECE_BYTES = 65_536  # Two seconds at the edge of 4G: little is lost with a connection.
MOST_ARRIVING = 40  # Of an enterprise at once; a cleaner takes what was left behind.
LONGEST_ALT = 200
PDF = b"%PDF-"


@dataclass(frozen=True)
class NewPhoto:
    """What is told of a photo before it comes."""

    kind: str
    enterprise_id: int | None
    bytes: int
    alt: str = ""


def begin_photo(work: Work, new: NewPhoto, *, piece_bytes: int = PIECE_BYTES) -> Photo:
    """Make room for a photo of so many bytes.

    Raises:
        NoPhoto, PhotoTooHeavy: it has none, or too many.
        TooManyArriving: the enterprise has too many unfinished ones.
    """
    if new.bytes < 1:
        raise NoPhoto("no bytes")
    if new.bytes > MOST_BYTES:
        raise PhotoTooHeavy(f"{new.bytes} bytes", most=MOST_BYTES // 1_000_000)
    is_ours = new.enterprise_id is not None and new.kind != "report"
    if is_ours and _arriving(work, new.enterprise_id) >= MOST_ARRIVING:
        raise TooManyArriving(f"enterprise {new.enterprise_id}")
    photo = Photo(
        public_id=work.new_public_id(),
        enterprise_id=new.enterprise_id,
        kind=new.kind,
        alt=" ".join(new.alt.split())[:LONGEST_ALT],
        bytes=new.bytes,
        piece_bytes=piece_bytes,
        by_kind=work.by.kind,
        by_person_id=work.by.person_id,
        created_at=work.now,
    )
    work.session.add(photo)
    work.session.flush()
    return photo


def store_piece(photo: Photo, *, offset: int, content: bytes) -> bool:
    """Keep a piece's bytes, before `note_piece` and outside a transaction.

    False: it was here already, and nothing was kept.

    Raises:
        PieceMissing: it is not the piece that comes next, or not as long as one.
    """
    if photo.state != "arriving" or offset < photo.received:
        return False
    wanted = min(photo.piece_bytes, photo.bytes - offset)
    if offset != photo.received or len(content) != wanted:
        raise PieceMissing(f"{len(content)} bytes at {offset}", received=photo.received)
    with files().writing(piece_key(photo, offset // photo.piece_bytes)) as stream:
        stream.write(content)
    return True


def note_piece(work: Work, *, photo_id: int, offset: int, length: int) -> None:
    """Say that a piece is kept; of two who say it of the same piece the second changes nothing."""
    work.session.execute(
        update(Photo)
        .where(Photo.id == photo_id, Photo.state == "arriving", Photo.received == offset)
        .values(received=Photo.received + length)
    )


def judge_photo(photo: Photo) -> str:
    """Look at a whole photo before it is finished: the state it will have. Outside a transaction.

    Raises:
        PieceMissing: it is not whole.
        NotAPicture, PictureTooLarge: see core.pictures; nothing was unpacked.
    """
    if photo.received < photo.bytes:
        raise PieceMissing("not whole", received=photo.received)
    return judge(original_of(photo), kind=photo.kind)


def judge(content: bytes, *, kind: str) -> str:
    """The state a photo of this kind will have, by its first bytes.

    Raises:
        NotAPicture, PictureTooLarge: see core.pictures; nothing was unpacked.
    """
    if kind == "paper" and content.startswith(PDF):
        return "kept"
    pictures.check(content)
    return "waiting"


def finish_photo(work: Work, *, photo_id: int, state: str = "waiting") -> bool:
    """Take a whole photo, judged to be of this `state`, and have it drawn; False: done before.

    Raises:
        PieceMissing: pieces are missing, or it was given up meanwhile.
    """
    taken = work.session.execute(
        update(Photo)
        .where(Photo.id == photo_id, Photo.state == "arriving", Photo.removed_at.is_(None))
        .where(Photo.received == Photo.bytes)
        .values(state=state)
        .returning(Photo.id)
    ).one_or_none()
    if taken is not None:
        if state == "waiting":
            jobs.enqueue(work, kind=DRAWING, arguments={"photo_id": photo_id})
        return True
    found = work.session.execute(
        select(Photo.state, Photo.received, Photo.removed_at).where(Photo.id == photo_id)
    ).one_or_none()
    if found is None or found.removed_at is not None or found.state == "arriving":
        raise PieceMissing(f"photo {photo_id}", received=found.received if found else 0)
    return False


def describe_photo(work: Work, *, photo_id: int, alt: str) -> None:
    """Say in words what the photo shows."""
    words = " ".join(alt.split())[:LONGEST_ALT]
    work.session.execute(update(Photo).where(Photo.id == photo_id).values(alt=words))


def remove_photo(work: Work, *, photo_id: int) -> None:
    """Take a photo off every page; for a day it can be brought back."""
    work.session.execute(
        update(Photo)
        .where(Photo.id == photo_id, Photo.removed_at.is_(None))
        .values(removed_at=work.now)
    )


def restore_photo(work: Work, *, photo_id: int) -> bool:
    """Bring a removed photo back; False: it is gone for good, or about to be."""
    back = work.session.execute(
        update(Photo)
        .where(Photo.id == photo_id, Photo.removed_at > work.now - periods.REMOVED_PHOTOS.kept)
        .values(removed_at=None)
        .returning(Photo.id)
    ).one_or_none()
    return back is not None


def give_up_photos(work: Work, *, enterprise_id: int) -> bool:
    """Let the photos of an enterprise that is removed itself go for good with the next cleaning.

    False: it had none.
    """
    given_up = work.session.scalars(
        update(Photo)
        .where(Photo.enterprise_id == enterprise_id)
        .values(enterprise_id=None, removed_at=work.now - periods.REMOVED_PHOTOS.kept)
        .returning(Photo.id)
    ).all()
    return bool(given_up)


def original_of(photo: Photo) -> bytes:
    """The bytes as they were sent. Raises FileNotFoundError."""
    pieces = []
    for number in range(pieces_of(photo)):
        with files().reading(piece_key(photo, number)) as stream:
            pieces.append(stream.read())
    return b"".join(pieces)


def pieces_of(photo: Photo) -> int:
    """In how many pieces it came, or was to come."""
    return -(-photo.bytes // photo.piece_bytes)


def piece_key(photo: Photo, number: int) -> str:
    """Where a piece of the original is kept."""
    return f"originals/{photo.public_id}/{number}"


def _arriving(work: Work, enterprise_id: int | None) -> int:
    """How many an enterprise has begun; what strangers report about it does not fill its place."""
    counted = select(func.count()).select_from(Photo)
    return (
        work.session.scalar(
            counted.where(
                Photo.enterprise_id == enterprise_id,
                Photo.state == "arriving",
                Photo.kind != "report",
                Photo.removed_at.is_(None),
            )
        )
        or 0
    )
