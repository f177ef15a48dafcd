"""What a resolver may say of goods: no more than their public pages say to anybody."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from accounts.queries import Maker, makers
from catalog import queries as catalog
from catalog.queries import GoodsOfGtin


@dataclass(frozen=True)
class LinkedGoods:
    """Published goods, whether papers stand behind them today, and who sells them."""

    goods: GoodsOfGtin
    is_certified: bool = False  # A certificate or stars in force.
    sellers: tuple[Maker, ...] = ()  # With a page of their own, the cheapest first.


def linked_goods(session: Session, goods: GoodsOfGtin, *, today: date) -> LinkedGoods:
    """Give all that links of these goods rest on. At most four statements."""
    papers = catalog.papers_in_force(
        session, product_id=goods.product_id, enterprise_id=goods.maker.id, today=today
    )
    rank = catalog.ranks(session, [goods.product_id], today=today).get(goods.product_id)
    ids = catalog.seller_ids_of_pack(session, goods.pack_id)
    known = makers(session, ids)
    return LinkedGoods(
        goods,
        is_certified=bool(papers or (rank and rank.stars)),
        sellers=tuple(known[id_] for id_ in ids if not known[id_].is_away),
    )
