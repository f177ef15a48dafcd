"""Photos of products. They are no material change: no officer looks again, but each is recorded."""

from dataclasses import dataclass

from sqlalchemy import func, select, update

from catalog.errors import TooManyPhotos
from catalog.models import Paper, ProductPhoto
from catalog.models.photos import PAPERS
from core import audit
from core.database import lock_words
from core.photos import service as photos
from core.photos.models import Photo
from core.photos.service import NewPhoto
from core.work import Work

GALLERY = "gallery"
MOST_IN_GALLERY = 12  # A buyer looks at five; a maker tries some more.


@dataclass(frozen=True)
class PhotoPlace:
    """Of which product a photo is, and what it shows of it."""

    product_id: int
    enterprise_id: int
    subject: str = GALLERY

    @property
    def kind(self) -> str:
        """What it is among all photos."""
        if self.subject in PAPERS:
            return "paper"
        return "product" if self.subject == GALLERY else "look"


def begin_product_photo(
    work: Work, place: PhotoPlace, *, bytes_: int, alt: str = "", piece_bytes: int | None = None
) -> Photo:
    """Make room for a photo of a product, the last of its subject, or for a paper about it.

    Nobody sees it before it is taken.

    Raises:
        TooManyPhotos: the gallery is full.
        NoPhoto, PhotoTooHeavy, TooManyArriving: see core.photos.
    """
    _refuse_full(work, place.product_id, place.subject)
    photo = photos.begin_photo(
        work,
        NewPhoto(place.kind, place.enterprise_id, bytes_, alt),
        piece_bytes=piece_bytes or photos.PIECE_BYTES,
    )
    of_product = {
        "photo_id": photo.id,
        "product_id": place.product_id,
        "enterprise_id": place.enterprise_id,
    }
    if place.kind == "paper":
        work.session.add(Paper(**of_product, kind=place.subject))
    else:
        last = _last_position(work, place)
        work.session.add(ProductPhoto(**of_product, subject=place.subject, position=last + 1))
    work.session.flush()
    return photo


def take_product_photo(work: Work, *, photo_id: int, state: str = "waiting") -> None:
    """Take a whole photo or paper and have it drawn; again it changes nothing.

    What is looked at and compared has one photo: the new one takes the old one's place.

    Raises:
        PieceMissing: it is not whole, or was given up.
        TooManyPhotos: the gallery is full.
    """
    if not photos.finish_photo(work, photo_id=photo_id, state=state):
        return
    shown = work.session.get(ProductPhoto, photo_id)
    if shown is not None:
        _refuse_full(work, shown.product_id, shown.subject, most=MOST_IN_GALLERY + 1)
    if shown is not None and shown.subject != GALLERY:
        for other in _others(work, shown):
            photos.remove_photo(work, photo_id=other)
    _record(work, photo_id, "add_photo")


def describe_product_photo(work: Work, *, photo_id: int, alt: str) -> None:
    """Say in words what a photo shows, for those who cannot see it."""
    photos.describe_photo(work, photo_id=photo_id, alt=alt)
    _record(work, photo_id, "describe_photo")


def place_product_photo(work: Work, *, photo_id: int, before: int) -> None:
    """Put a photo before that many others of its subject: 0 makes it the cover."""
    shown = work.session.get(ProductPhoto, photo_id)
    if shown is None:  # Papers have no order.
        return
    order = _others(work, shown)
    order.insert(max(0, before), photo_id)
    for position, each in enumerate(order):
        work.session.execute(
            update(ProductPhoto).where(ProductPhoto.photo_id == each).values(position=position)
        )
    _record(work, photo_id, "order_photos")


def remove_product_photo(work: Work, *, photo_id: int) -> None:
    """Take a photo off every page; `restore_product_photo` brings it back for a day."""
    photos.remove_photo(work, photo_id=photo_id)
    _record(work, photo_id, "remove_photo")


def restore_product_photo(work: Work, *, photo_id: int) -> None:
    """Bring a removed photo back, in its old place; after a day it is too late, and nothing is."""
    if photos.restore_photo(work, photo_id=photo_id):
        _record(work, photo_id, "restore_photo")


def _refuse_full(work: Work, product_id: int, subject: str, *, most: int = MOST_IN_GALLERY) -> None:
    if subject != GALLERY:
        return
    # Counted one after another: the last place is taken once.
    lock_words(work.session, f"gallery of {product_id}")
    there = work.session.scalar(
        select(func.count())
        .select_from(ProductPhoto)
        .join(Photo, Photo.id == ProductPhoto.photo_id)
        .where(ProductPhoto.product_id == product_id, ProductPhoto.subject == GALLERY)
        .where(Photo.removed_at.is_(None), Photo.state != "arriving")
    )
    if there is not None and there >= most:
        raise TooManyPhotos(f"product {product_id}", most=MOST_IN_GALLERY)


def _others(work: Work, shown: ProductPhoto) -> list[int]:
    """The other photos of the same product and subject that are there, in their order."""
    rows = work.session.scalars(
        select(ProductPhoto.photo_id)
        .join(Photo, Photo.id == ProductPhoto.photo_id)
        .where(ProductPhoto.product_id == shown.product_id)
        .where(ProductPhoto.subject == shown.subject, ProductPhoto.photo_id != shown.photo_id)
        .where(Photo.removed_at.is_(None), Photo.state != "arriving")
        .order_by(ProductPhoto.position, ProductPhoto.photo_id)
    )
    return list(rows)


def _last_position(work: Work, place: PhotoPlace) -> int:
    last = work.session.scalar(
        select(func.max(ProductPhoto.position))
        .where(ProductPhoto.product_id == place.product_id)
        .where(ProductPhoto.subject == place.subject)
    )
    return -1 if last is None else last


def _record(work: Work, photo_id: int, act: str) -> None:
    shown = work.session.get(ProductPhoto, photo_id)
    paper = work.session.get_one(Paper, photo_id) if shown is None else None
    of = shown or paper
    assert of is not None, photo_id
    assert of.product_id is not None, photo_id
    audit.record(
        work,
        act=act,
        object_kind="product",
        object_id=of.product_id,
        enterprise_id=of.enterprise_id,
        photo_id=photo_id,
        subject=shown.subject if shown else paper.kind if paper else "",
    )
