"""Photos of products: covers for lists, all of one product, one as its maker handles it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select, union_all
from sqlalchemy.orm import Session

from catalog.models import Paper, Product, ProductPhoto
from core.photos.models import Photo
from core.photos.queries import PICTURE, Picture, picture_of
from core.rows import rows

_ORDER = (ProductPhoto.position, ProductPhoto.photo_id)


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


def managed_pictures_of(
    session: Session, product_ids: Collection[int]
) -> dict[int, list[ProductPicture]]:
    """The same of several products, by id; one statement for all."""
    found: dict[int, list[ProductPicture]] = defaultdict(list)
    for row in rows(session, _SENT_OF, ids=product_ids):
        found[row.product_id].append(ProductPicture(picture_of(row), row.subject))
    return found


def managed_photo(session: Session, public_id: str) -> ManagedPhoto | None:
    """The product's photo or paper the outside knows by this id, those removed today included."""
    row = session.execute(
        select(
            Photo,
            Product.id,
            Product.public_id,
            Product.enterprise_id,
            func.coalesce(ProductPhoto.subject, Paper.kind),
        )
        .outerjoin(ProductPhoto, ProductPhoto.photo_id == Photo.id)
        .outerjoin(Paper, Paper.photo_id == Photo.id)
        .join(Product, Product.id == func.coalesce(ProductPhoto.product_id, Paper.product_id))
        .where(Photo.public_id == public_id)
    ).one_or_none()
    return None if row is None else ManagedPhoto(*row)


def arriving_photos(session: Session, product_public_id: str) -> list[Photo]:
    """The gallery's photos that were begun and are not whole yet, in their order."""
    found = session.scalars(
        select(Photo)
        .join(ProductPhoto, ProductPhoto.photo_id == Photo.id)
        .join(Product, Product.id == ProductPhoto.product_id)
        .where(Product.public_id == product_public_id, ProductPhoto.subject == "gallery")
        .where(Photo.state == "arriving", Photo.removed_at.is_(None))
        .order_by(*_ORDER)
    )
    return list(found)


def paper_pictures(session: Session, product_id: int) -> list[ProductPicture]:
    """The papers sent about a product, the latest first; for its maker and its officers alone."""
    found = session.execute(
        select(*PICTURE, Paper.kind)
        .join(Paper, Paper.photo_id == Photo.id)
        .where(Paper.product_id == product_id)
        .where(Photo.removed_at.is_(None), Photo.state != "arriving")
        .order_by(Photo.id.desc())
    )
    return [ProductPicture(picture_of(row), row.kind) for row in found]


def pictures_and_papers(session: Session, product_id: int) -> list[ProductPicture]:
    """What an officer looks at: the drawn photos of a product in order, then its papers."""
    of_it = union_all(
        select(ProductPhoto.photo_id).where(ProductPhoto.product_id == product_id),
        select(Paper.photo_id).where(Paper.product_id == product_id),
    )
    subject = func.coalesce(ProductPhoto.subject, Paper.kind).label("subject")
    found = session.execute(
        select(*PICTURE, subject)
        .outerjoin(ProductPhoto, ProductPhoto.photo_id == Photo.id)
        .outerjoin(Paper, Paper.photo_id == Photo.id)
        .where(Photo.id.in_(of_it), Photo.removed_at.is_(None))
        .where(Photo.state.in_(("drawn", "kept")))
        .order_by(ProductPhoto.position.is_(None), ProductPhoto.position, Photo.id)
    )
    return [ProductPicture(picture_of(row), row.subject) for row in found]


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
_SENT_OF = _ALL.where(
    ProductPhoto.product_id.in_(bindparam("ids", expanding=True)), Photo.state != "arriving"
)
