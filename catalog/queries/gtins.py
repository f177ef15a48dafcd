"""Goods by the number of their pack."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from accounts.queries import MAKER, Maker
from catalog.models import Lot, Offer, Pack, Product, ProductText
from core.rows import rows
from core.slugs import slug_of


@dataclass(frozen=True)
class GoodsOfGtin:
    """The published product a GTIN belongs to, and the lot asked for (None: unknown)."""

    maker: Maker
    product_id: int
    pack_id: int
    slug_key: str
    name: str
    english_name: str | None
    lot_public_id: str | None
    lot_code: str | None

    @property
    def slug(self) -> str:
        """The last part of the product page's address."""
        return slug_of(self.name, self.slug_key)


def owners_of_gtins(session: Session) -> dict[str, int]:
    """By GTIN of 14 digits, the enterprise whose pack bears it."""
    found = session.execute(select(Pack.gtin, Pack.enterprise_id).where(Pack.gtin.is_not(None)))
    return {gtin: enterprise_id for gtin, enterprise_id in found if gtin is not None}


def gtins_of(session: Session, enterprise_id: int) -> Sequence[str]:
    """The GTINs of 14 digits that an enterprise's packs bear, in their order."""
    mine = select(Pack.gtin).where(Pack.enterprise_id == enterprise_id, Pack.gtin.is_not(None))
    return [gtin for gtin in session.scalars(mine.order_by(Pack.gtin)) if gtin is not None]


def goods_of_gtin(
    session: Session, gtin: str, *, lot_uri_code: str | None = None
) -> GoodsOfGtin | None:
    """What a GTIN of 14 digits names here; None where no page speaks of it. One statement.

    A lot is one of this pack, or of no pack yet.
    """
    row = rows(session, _BY_GTIN, gtin=gtin, lot_uri_code=lot_uri_code).one_or_none()
    if row is None:
        return None
    found = GoodsOfGtin(Maker(*row[:_MAKER_END]), *row[_MAKER_END:])
    return None if found.maker.is_away else found


def seller_ids_of_pack(session: Session, pack_id: int) -> list[int]:
    """Who offers a pack and has a page: something of theirs is published. One statement."""
    return list(rows(session, _SELLERS, pack_id=pack_id).scalars())


_VIETNAMESE, _ENGLISH = aliased(ProductText), aliased(ProductText)
_MAKER_END = len(MAKER.c)
_BY_GTIN = (
    select(
        *MAKER.c,
        Product.id.label("product_id"),
        Pack.id.label("pack_id"),
        Product.slug_key.label("product_slug_key"),
        _VIETNAMESE.name.label("own_name"),
        _ENGLISH.name.label("english_name"),
        Lot.public_id.label("lot_public_id"),
        Lot.code,
    )
    .select_from(Pack)
    .join(Product, and_(Product.id == Pack.product_id, Product.state == "published"))
    .join(MAKER, MAKER.c.id == Product.enterprise_id)
    .join(_VIETNAMESE, and_(_VIETNAMESE.product_id == Product.id, _VIETNAMESE.language == "vi"))
    .outerjoin(_ENGLISH, and_(_ENGLISH.product_id == Product.id, _ENGLISH.language == "en"))
    .outerjoin(
        Lot,
        and_(
            Lot.product_id == Product.id,
            Lot.uri_code == bindparam("lot_uri_code"),
            or_(Lot.pack_id == Pack.id, Lot.pack_id.is_(None)),
        ),
    )
    .where(Pack.gtin == bindparam("gtin"))
    .limit(1)
)
_SELLERS = (
    select(Offer.seller_id)
    .where(Offer.pack_id == bindparam("pack_id"), Offer.state == "on")
    .where(exists().where(Product.enterprise_id == Offer.seller_id, Product.state == "published"))
    .order_by(Offer.price_vnd, Offer.id)
)
