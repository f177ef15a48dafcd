"""Goods by the number of their pack."""

from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from catalog.models import Lot, Pack, Product, ProductText
from core.slugs import slug_of


@dataclass(frozen=True)
class GoodsOfGtin:
    """The published product a GTIN belongs to, and the lot asked for (None: unknown)."""

    slug: str
    lot_public_id: str | None


def goods_of_gtin(
    session: Session, gtin: str, *, lot_uri_code: str | None = None
) -> GoodsOfGtin | None:
    """What a GTIN of 14 digits names here; None where it names nothing that is published."""
    row = session.execute(
        select(ProductText.name, Product.slug_key, Lot.public_id)
        .select_from(Pack)
        .join(Product, and_(Product.id == Pack.product_id, Product.state == "published"))
        .join(
            ProductText,
            and_(ProductText.product_id == Product.id, ProductText.language == "vi"),
        )
        .outerjoin(Lot, and_(Lot.product_id == Product.id, Lot.uri_code == lot_uri_code))
        .where(Pack.gtin == gtin)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    name, slug_key, lot_public_id = row
    return GoodsOfGtin(slug_of(name, slug_key), lot_public_id)
