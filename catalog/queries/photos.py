"""Photos of products: covers for lists, all of one product, one as its maker handles it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from catalog.models import Product, ProductPhoto
from core.photos.models import Photo
from core.photos.queries import PICTURE, Picture, picture_of
from core.rows import rows


@dataclass(frozen=True)
class ProductPicture:
    """A photo and what it shows of the product."""

    picture: Picture
    subject: str


@dataclass(frozen=True)
class ManagedPhoto:
    """A photo with the product it belongs to, in any state."""

    photo: Photo
    product_id: int
    product_public_id: str
    enterprise_id: int
    subject: str


def covers(session: Session, product_ids: Collection[int]) -> dict[int, Picture]:
    """The first drawn photo of each product that has one; one statement for all."""
    found: dict[int, Picture] = {}
    for row in rows(session, _COVERS, ids=product_ids):
        found.setdefault(row.product_id, picture_of(row))
    return found


def pictures_of(session: Session, product_id: int) -> list[ProductPicture]:
    """All drawn photos of a product: its gallery in order, and what is looked at and compared."""
    return [
        ProductPicture(picture_of(row), row.subject)
        for row in rows(session, _DRAWN, product_id=product_id)
    ]


def managed_pictures(session: Session, product_id: int) -> list[ProductPicture]:
    """The same with those that wait or could not be read: what the maker has sent."""
    return [
        ProductPicture(picture_of(row), row.subject)
        for row in rows(session, _SENT, product_id=product_id)
    ]


def managed_photo(session: Session, public_id: str) -> ManagedPhoto | None:
    """The product's photo the outside knows by this id, removed ones of today included."""
    row = session.execute(
        select(Photo, ProductPhoto, Product.public_id)
        .join(ProductPhoto, ProductPhoto.photo_id == Photo.id)
        .join(Product, Product.id == ProductPhoto.product_id)
        .where(Photo.public_id == public_id)
    ).one_or_none()
    if row is None:
        return None
    photo, shown, product = row
    return ManagedPhoto(photo, shown.product_id, product, shown.enterprise_id, shown.subject)


_ORDER = (ProductPhoto.position, ProductPhoto.photo_id)
_ALL = (
    select(*PICTURE, ProductPhoto.product_id, ProductPhoto.subject)
    .join(ProductPhoto, ProductPhoto.photo_id == Photo.id)
    .where(Photo.removed_at.is_(None))
    .order_by(*_ORDER)
)
_COVERS = _ALL.where(
    ProductPhoto.product_id.in_(bindparam("ids", expanding=True)),
    ProductPhoto.subject == "gallery",
    Photo.state == "drawn",
)
_OF_ONE = ProductPhoto.product_id == bindparam("product_id")
_DRAWN = _ALL.where(_OF_ONE, Photo.state == "drawn")
_SENT = _ALL.where(_OF_ONE, Photo.state != "arriving")
