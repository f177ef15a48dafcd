"""What goods of a group usually cost a kilogram, litre or piece."""

from sqlalchemy import BigInteger, case, cast, func, select
from sqlalchemy.orm import Session

from catalog.models import Offer, Pack, Product
from catalog.rules import FINDABLE, MEDIAN_OF_AT_LEAST
from core.money import PER_UNIT


def usual_rate_vnd(session: Session, *, group: str, base_unit: str) -> int | None:
    """The median of what stands published, in đồng; None where too few offers stand.

    Prices that only illustrate are nobody's. One statement: an offer's place is counted from both
    ends, and those in the middle are taken.
    """
    rate = cast(Offer.price_vnd, BigInteger) * PER_UNIT[base_unit] // Pack.content
    placed = (
        select(
            rate.label("rate"),
            func.row_number().over(order_by=(rate, Offer.id)).label("place"),
            func.count().over().label("offers"),
        )
        .join(Pack, Offer.pack_id == Pack.id)
        .join(Product, Pack.product_id == Product.id)
        .where(
            Product.group == group,
            Product.state.in_(FINDABLE),
            Pack.base_unit == base_unit,
            Offer.state == "on",
            Offer.is_illustrative.is_(False),
        )
        .subquery()
    )
    is_middle = (placed.c.place * 2).between(placed.c.offers, placed.c.offers + 2)
    enough = case((placed.c.offers >= MEDIAN_OF_AT_LEAST, placed.c.rate))
    median = session.scalar(select(func.avg(enough)).where(is_middle))
    return None if median is None else round(median)
