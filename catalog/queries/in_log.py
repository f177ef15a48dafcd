"""Lots as the public log names them: what may be known to everybody for ever."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from catalog.models import Lot, Product, ProductText
from core.rows import rows


@dataclass(frozen=True)
class LotInLog:
    """A lot's code as addresses carry it, and its product."""

    id: int
    uri_code: str
    product_public_id: str
    product_name: str


def lots_in_log(session: Session, ids: Collection[int]) -> dict[int, LotInLog]:
    """The lots with these ids; one statement."""
    return {row.id: LotInLog(*row) for row in rows(session, _LOTS, ids=ids)}


_LOTS = (
    select(Lot.id, Lot.uri_code, Product.public_id, ProductText.name)
    .join(Product, Product.id == Lot.product_id)
    .join(ProductText, and_(ProductText.product_id == Product.id, ProductText.language == "vi"))
    .where(Lot.id.in_(bindparam("ids", expanding=True)))
)
