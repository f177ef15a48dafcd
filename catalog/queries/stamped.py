"""What a stamp's page must know of the lot it was issued for."""

from dataclasses import dataclass, fields
from datetime import date
from itertools import accumulate, chain

from sqlalchemy import ColumnElement, ScalarSelect, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from accounts.queries import MAKER, Maker
from catalog.models import Certificate, Lot, Offer, Pack, Product, ProductText, Recognition
from catalog.rules import RecognitionFacts
from core.rows import rows
from core.slugs import slug_of


@dataclass(frozen=True)
class CertificateFacts:
    """A paper and its days."""

    name: str
    issuer: str
    number: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True)
class StampedLot:
    """A lot with its product, pack, maker and papers, in one language."""

    maker: Maker
    recognitions: tuple[RecognitionFacts, ...]
    certificates: tuple[CertificateFacts, ...]
    id: int
    public_id: str
    enterprise_id: int
    code: str
    uri_code: str
    made_kind: str
    made_on: date
    best_before_on: date | None
    on_hold_since: date | None
    recalled_since: date | None
    product_id: int
    slug_key: str
    group: str
    name: str
    pack_words: str | None
    size_words: str | None
    weight_g: int | None
    lowest_price_vnd: int | None
    highest_price_vnd: int | None

    @property
    def slug(self) -> str:
        """The last part of the product page's address."""
        return slug_of(self.name, self.slug_key)


@dataclass(frozen=True)
class StampedProduct:
    """What stamps bound to no lot yet were printed for, in one language."""

    maker: Maker
    id: int
    slug_key: str
    name: str

    @property
    def slug(self) -> str:
        """The last part of the product page's address."""
        return slug_of(self.name, self.slug_key)


def stamped_lot(session: Session, lot_id: int, *, language: str) -> StampedLot | None:
    """The lot with this id as its stamps' pages show it; one statement."""
    found = rows(session, _LOT, lot_id=lot_id, language=language).all()
    if not found:
        return None
    # Each recognition comes with each certificate: few of either, and no second journey.
    recognised = (RecognitionFacts(*row[_RECOGNITION]) for row in found if row.stage)
    certified = (CertificateFacts(*row[_CERTIFICATE]) for row in found if row.issuer)
    return StampedLot(
        Maker(*found[0][_MAKER]),
        tuple(dict.fromkeys(recognised)),
        tuple(dict.fromkeys(certified)),
        *found[0][_OF_LOT],
    )


def stamped_product(session: Session, product_id: int, *, language: str) -> StampedProduct | None:
    """The product with this id as the pages of its roll's stamps show it; one statement."""
    row = rows(session, _PRODUCT, product_id=product_id, language=language).one_or_none()
    if row is None:
        return None
    return StampedProduct(Maker(*row[: len(MAKER.c)]), *row[len(MAKER.c) :])


def lot_uri_code(session: Session, lot_id: int) -> str | None:
    """A lot's code as addresses carry it."""
    return session.scalar(select(Lot.uri_code).where(Lot.id == lot_id))


def _price(which: ColumnElement[int]) -> ScalarSelect[int]:
    return (
        select(which)
        .where(Offer.pack_id == Lot.pack_id, Offer.state == "on", ~Offer.is_illustrative)
        .correlate(Lot)
        .scalar_subquery()
    )


_VIETNAMESE, _WISHED = aliased(ProductText), aliased(ProductText)
_COLUMNS = (
    [getattr(Recognition, each.name) for each in fields(RecognitionFacts)],
    [getattr(Certificate, each.name) for each in fields(CertificateFacts)],
    list(MAKER.c),
)
_CERTIFICATE_AT, _MAKER_AT, _OF_LOT_AT = accumulate(map(len, _COLUMNS))
_RECOGNITION, _CERTIFICATE = slice(_CERTIFICATE_AT), slice(_CERTIFICATE_AT, _MAKER_AT)
_MAKER, _OF_LOT = slice(_MAKER_AT, _OF_LOT_AT), slice(_OF_LOT_AT, None)
_LOT = (
    select(
        *chain(*_COLUMNS),
        Lot.id,
        Lot.public_id,
        Lot.enterprise_id,
        Lot.code,
        Lot.uri_code,
        Lot.made_kind,
        Lot.made_on,
        Lot.best_before_on,
        Lot.on_hold_since,
        Lot.recalled_since,
        Lot.product_id,
        Product.slug_key,
        Product.group,
        func.coalesce(_WISHED.name, _VIETNAMESE.name),
        Pack.words,
        Pack.size_words,
        Pack.weight_g,
        _price(func.min(Offer.price_vnd)),
        _price(func.max(Offer.price_vnd)),
    )
    .select_from(Lot)
    .join(Product, Product.id == Lot.product_id)
    .join(_VIETNAMESE, and_(_VIETNAMESE.product_id == Product.id, _VIETNAMESE.language == "vi"))
    .outerjoin(
        _WISHED,
        and_(_WISHED.product_id == Product.id, _WISHED.language == bindparam("language")),
    )
    .outerjoin(Pack, Pack.id == Lot.pack_id)
    .join(MAKER, MAKER.c.id == Lot.enterprise_id)
    .outerjoin(Recognition, Recognition.product_id == Lot.product_id)
    .outerjoin(
        Certificate,
        and_(
            Certificate.enterprise_id == Lot.enterprise_id,
            or_(Certificate.product_id == Lot.product_id, Certificate.product_id.is_(None)),
        ),
    )
    .where(Lot.id == bindparam("lot_id"))
    .order_by(Recognition.id, Certificate.id)
)
_PRODUCT = (
    select(
        *MAKER.c,
        Product.id,
        Product.slug_key,
        func.coalesce(_WISHED.name, _VIETNAMESE.name),
    )
    .select_from(Product)
    .join(_VIETNAMESE, and_(_VIETNAMESE.product_id == Product.id, _VIETNAMESE.language == "vi"))
    .outerjoin(
        _WISHED,
        and_(_WISHED.product_id == Product.id, _WISHED.language == bindparam("language")),
    )
    .join(MAKER, MAKER.c.id == Product.enterprise_id)
    .where(Product.id == bindparam("product_id"))
)
