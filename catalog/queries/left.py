"""What has left the shop with its maker: pages that were public once."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from accounts.queries import MAKER
from catalog.models import Product


def sold_once(session: Session, enterprise_id: int) -> bool:
    """Whether anything of this enterprise ever was on sale. One statement."""
    was_sold = exists().where(
        Product.enterprise_id == enterprise_id, Product.published_at.is_not(None)
    )
    return bool(session.scalar(select(was_sold)))


def left_with_maker(session: Session, slug_key: str) -> bool:
    """Whether this product was on sale and its maker closed. One statement."""
    left = exists().where(
        Product.slug_key == slug_key,
        Product.published_at.is_not(None),
        MAKER.c.id == Product.enterprise_id,
        MAKER.c.state == "closed",
    )
    return bool(session.scalar(select(left)))
