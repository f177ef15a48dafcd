"""Packs and what is asked for them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from catalog.models import Offer, Pack
from core.rows import rows


@dataclass(frozen=True)
class Price:
    """An offer for a pack. Content in base units, sums in đồng."""

    product_id: int
    pack_id: int
    words: str
    content: int
    base_unit: str
    by_weight: bool
    gtin: str | None
    size_words: str | None
    weight_g: int | None
    offer: str  # The offer's public id: what a basket will point to.
    seller_id: int
    price_vnd: int
    is_illustrative: bool
    version: int

    @property
    def has_unit_price(self) -> bool:
        """Whether a price per kilogram or litre says more: never for pieces and for a kilogram."""
        return self.base_unit != "piece" and self.content != PER_UNIT_CONTENT


PER_UNIT_CONTENT = 1_000  # A pack of a kilogram or litre: its price is the unit price.


def prices(session: Session, product_ids: Collection[int]) -> dict[int, list[Price]]:
    """What is offered of each product, the cheapest first. One statement."""
    found: dict[int, list[Price]] = defaultdict(list)
    for row in rows(session, _PRICES, product_ids=product_ids):
        found[row.product_id].append(Price(*tuple(row)))
    return found


_PRICES = (
    select(
        Pack.product_id,
        Pack.id,
        Pack.words,
        Pack.content,
        Pack.base_unit,
        Pack.by_weight,
        Pack.gtin,
        Pack.size_words,
        Pack.weight_g,
        Offer.public_id,
        Offer.seller_id,
        Offer.price_vnd,
        Offer.is_illustrative,
        Offer.version,
    )
    .join(Offer, Offer.pack_id == Pack.id)
    .where(Pack.product_id.in_(bindparam("product_ids", expanding=True)), Offer.state == "on")
    .order_by(Offer.price_vnd, Offer.id)
)
