"""A shop that sells for the smith: it holds some stamps, and sold one yesterday."""

from dataclasses import dataclass, replace
from datetime import timedelta

from app.demo.stamps import SPOILED, SPOILED_LOT
from catalog import queries as catalog
from core.work import VISITOR, Work
from traceability import queries, service
from traceability.service import Answer, NewDealer

SHOP_PHONE = "0912 345 678"
HELD = 10  # The last good stamps of the lot, which nobody has looked at.


@dataclass(frozen=True)
class DealerShop:
    """A shop and whoever signs in for it."""

    name: str
    commune_code: str
    person_id: int


def give_to_dealer(work: Work, *, maker_id: int, shop: DealerShop) -> None:
    """Put a shop on the maker's list and hand it stamps, as if two days ago."""
    told = NewDealer(shop.name, SHOP_PHONE, shop.commune_code)
    dealer = service.add_dealer(work, enterprise_id=maker_id, told=told)
    lots = [
        lot
        for lot in catalog.stampable_lots_coded(work.session, SPOILED_LOT)
        if lot.enterprise_id == maker_id
    ]
    for lot in lots:
        [card] = queries.batches_of(work.session, enterprise_id=maker_id, lot_id=lot.id)
        last = card.count - SPOILED
        handed = service.hand_over(
            replace(work, now=work.now - timedelta(days=2)),
            batch_id=card.id,
            dealer_id=dealer.id,
            first=last - HELD + 1,
            last=last,
        )
        said = Answer(has_them=True, is_shown=True, person_id=shop.person_id)
        yesterday = replace(work, now=work.now - timedelta(days=1), by=VISITOR)
        service.answer_delivery(yesterday, public_id=handed.public_id, answer=said)
        sold = queries.serials_at(work.session, card.id, [last])[last]
        service.record_sale(yesterday, serial=sold, dealer_ids=frozenset({dealer.id}))
