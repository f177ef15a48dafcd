"""What is on the shelves: counts, makers with goods, and a choice for the front page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from accounts.queries import MakerName, count_by_province, maker_names
from catalog.models import Product

# Two primes: neighbouring ids and days land far apart, so each day shows other goods.
_ID_STEP = 7_919
_DAY_STEP = 104_729
_WHEEL = 10_007
CANDIDATES = 60
A_GROUP_AT_MOST = 4


@dataclass(frozen=True)
class Counts:
    """How much is listed."""

    products: int
    by_group: dict[str, int]
    by_province: dict[str, int]  # By code.


def counts(session: Session) -> Counts:
    """Published products in all, by group and by present province. Two statements."""
    rows = session.execute(
        select(Product.group, func.count())
        .where(Product.state == "published")
        .group_by(Product.group)
    )
    by_group = {row.group: int(row[1]) for row in rows}
    per_maker = (
        select(Product.enterprise_id, func.count().label("count"))
        .where(Product.state == "published")
        .group_by(Product.enterprise_id)
        .subquery()
    )
    return Counts(sum(by_group.values()), by_group, count_by_province(session, per_maker))


def listed_makers(session: Session) -> list[MakerName]:
    """Makers with published goods, in the order of the alphabet. One statement."""
    return maker_names(session, _makers_with_goods())


def counts_by_maker(session: Session, enterprise_ids: Collection[int]) -> dict[int, int]:
    """How many published products each of these makers has. One statement."""
    rows = session.execute(
        select(Product.enterprise_id, func.count().label("count"))
        .where(Product.state == "published", Product.enterprise_id.in_(enterprise_ids))
        .group_by(Product.enterprise_id)
    )
    return {row.enterprise_id: int(row[1]) for row in rows}


def product_ids_of(session: Session, enterprise_id: int, *, at_most: int) -> list[int]:
    """A maker's published products, the newest first. One statement."""
    rows = session.scalars(
        select(Product.id)
        .where(Product.state == "published", Product.enterprise_id == enterprise_id)
        .order_by(Product.published_at.desc(), Product.id)
        .limit(at_most)
    )
    return list(rows)


def todays_choice(session: Session, *, today: date, size: int) -> list[int]:
    """Products of different makers and groups, the same all day, others tomorrow. One statement.

    Whose goods are shown depends on the day and the id alone: nobody can pay for a place.
    """
    turned = (Product.id * _ID_STEP + today.toordinal() * _DAY_STEP) % _WHEEL
    rows = session.execute(
        select(Product.id, Product.enterprise_id, Product.group)
        .where(Product.state == "published")
        .order_by(turned, Product.id)
        .limit(CANDIDATES)
    )
    chosen: list[int] = []
    seen_makers: set[int] = set()
    of_group: dict[str, int] = {}
    for product_id, enterprise_id, group in rows:
        is_new = enterprise_id not in seen_makers
        if len(chosen) < size and is_new and of_group.get(group, 0) < A_GROUP_AT_MOST:
            chosen.append(product_id)
            seen_makers.add(enterprise_id)
            of_group[group] = of_group.get(group, 0) + 1
    return chosen


def _makers_with_goods() -> Select[int]:
    return select(Product.enterprise_id).where(Product.state == "published").distinct()
