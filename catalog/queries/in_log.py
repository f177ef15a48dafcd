"""Goods as the public log names them: what may be known to everybody for ever."""

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from catalog.models import Lot, Product, ProductText
from core.rows import rows


@dataclass(frozen=True)
class GoodsInLog:
    """A product, and the code of a lot of it as addresses carry it; None: of no lot."""

    product_public_id: str
    product_name: str
    lot_uri_code: str | None


def goods_in_log(session: Session, *, product_id: int, lot_id: int | None) -> GoodsInLog:
    """What stamps were issued for: a lot of a product, or (a roll) the product; one statement."""
    return GoodsInLog(*rows(session, _GOODS, product_id=product_id, lot_id=lot_id).one())


_GOODS = (
    select(Product.public_id, ProductText.name, Lot.uri_code)
    .join(ProductText, and_(ProductText.product_id == Product.id, ProductText.language == "vi"))
    .outerjoin(Lot, Lot.id == bindparam("lot_id"))
    .where(Product.id == bindparam("product_id"))
)
