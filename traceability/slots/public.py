"""On the pages of products and lots: which stamps were issued and reported as stuck on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from catalog import queries as catalog
from core import display
from core.slots import Panel
from traceability import queries

Panels = Mapping[int, Sequence[Panel]]


def stamps_of_products(session: Session, product_ids: Sequence[int]) -> Panels:
    """`product.origin`: the stamps of a product's lots; nothing where there are none."""
    lots = catalog.coded_lots_of_products(session, product_ids)
    counted = queries.lot_stamps(session, [lot.id for lot in lots]) if lots else {}
    stamped = defaultdict(list)
    for lot in lots:
        if counted[lot.id]:
            stamped[lot.product_id].append((lot, counted[lot.id]))
    return {
        product_id: [
            Panel("traceability/slots/product_stamps.html", {"lots": found, "display": display})
        ]
        for product_id, found in stamped.items()
    }


def story_of_lots(session: Session, lot_ids: Sequence[int]) -> Panels:
    """`lot.story`: when stamps were issued for a lot, stuck on and cancelled, in order."""
    stories = queries.story_of_lots(session, lot_ids)
    return {
        lot_id: [Panel("traceability/slots/lot_story.html", {"story": story, "display": display})]
        for lot_id, story in stories.items()
        if story
    }
