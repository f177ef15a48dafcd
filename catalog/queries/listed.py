"""An enterprise's goods piece by piece in the order of public ids, for programs."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.models import Lot, Product
from catalog.queries.managed_lots import ManagedLot, managed_lots_by_id
from catalog.queries.managed_products import ManagedProduct, managed_products
from catalog.rules import ProductState


def products_after(
    session: Session,
    enterprise_id: int,
    *,
    after: str,
    limit: int,
    state: ProductState | None = None,
) -> list[ManagedProduct]:
    """At most `limit` products whose public ids come after `after`. Three statements."""
    mine = select(Product.id).where(
        Product.enterprise_id == enterprise_id, Product.public_id > after
    )
    if state is not None:
        mine = mine.where(Product.state == state)
    ids: Sequence[int] = session.scalars(mine.order_by(Product.public_id).limit(limit)).all()
    return managed_products(session, ids)


def lots_after(
    session: Session,
    enterprise_id: int,
    *,
    after: str,
    limit: int,
    product: str | None = None,
) -> list[ManagedLot]:
    """At most `limit` lots whose public ids come after `after`. Two statements."""
    mine = select(Lot.id).where(Lot.enterprise_id == enterprise_id, Lot.public_id > after)
    if product is not None:
        named = select(Product.id).where(Product.public_id == product)
        mine = mine.where(Lot.product_id.in_(named))
    ids: Sequence[int] = session.scalars(mine.order_by(Lot.public_id).limit(limit)).all()
    return managed_lots_by_id(session, ids)
