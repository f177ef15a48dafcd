"""What goods of a group usually cost a kilogram, litre or piece."""

from collections.abc import Collection

from sqlalchemy import BigInteger, case, cast, func, select, tuple_
from sqlalchemy.orm import Session

from catalog.models import Offer, Pack, Product
from catalog.rules import FINDABLE, MEDIAN_OF_AT_LEAST
from core.money import PER_UNIT

Kind = tuple[str, str]  # A group of goods and the unit they are measured in: thuc_pham by g.


def usual_rate_vnd(session: Session, *, group: str, base_unit: str) -> int | None:
    """The median of what stands published, in đồng; None where too few offers stand."""
    return usual_rates_vnd(session, {(group, base_unit)}).get((group, base_unit))


def usual_rates_vnd(session: Session, kinds: Collection[Kind]) -> dict[Kind, int]:
    """The medians of some kinds of goods, in đồng; a kind of which too few stand is left out.

    Prices that only illustrate are nobody's. One statement however many kinds: an offer's place
    among its kind is counted from both ends, and those in the middle are taken.
    """
    unit = case(*((Pack.base_unit == name, size) for name, size in PER_UNIT.items()))
    rate = cast(Offer.price_vnd, BigInteger) * unit // Pack.content
    of_kind = (Product.group, Pack.base_unit)
    placed = (
        select(
            *of_kind,
            rate.label("rate"),
            func.row_number().over(partition_by=of_kind, order_by=(rate, Offer.id)).label("place"),
            func.count().over(partition_by=of_kind).label("offers"),
        )
        .join(Pack, Offer.pack_id == Pack.id)
        .join(Product, Pack.product_id == Product.id)
        .where(
            tuple_(*of_kind).in_(sorted(kinds)),
            Product.state.in_(FINDABLE),
            Offer.state == "on",
            Offer.is_illustrative.is_(False),
        )
        .subquery()
    )
    is_middle = (placed.c.place * 2).between(placed.c.offers, placed.c.offers + 2)
    rows = session.execute(
        select(placed.c.group, placed.c.base_unit, func.avg(placed.c.rate))
        .where(is_middle, placed.c.offers >= MEDIAN_OF_AT_LEAST)
        .group_by(placed.c.group, placed.c.base_unit)
    )
    return {(group, base_unit): round(median) for group, base_unit, median in rows}
