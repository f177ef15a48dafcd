"""What the pages of /manage/stamps are about, for the enterprise acted for alone."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import queries as catalog
from catalog.queries import StampableLot
from traceability.queries import BatchCard


@dataclass(frozen=True)
class IssuedFor:
    """What a batch was issued for: a lot, or (a roll) a product alone."""

    name: str  # Of the goods.
    lot: StampableLot | None


def issued_for(
    session: Session, batches: Collection[BatchCard], *, known: Collection[StampableLot] = ()
) -> dict[int, IssuedFor]:
    """By batch, what each was issued for. At most two statements; none for what is `known`."""
    lots = {lot.id: lot for lot in known}
    lot_ids = {one.lot_id for one in batches if one.lot_id is not None} - lots.keys()
    names = {lot.product_id: lot.name for lot in known}
    loose = {one.product_id for one in batches if one.lot_id is None} - names.keys()
    lots |= catalog.stampable_lots_by_id(session, lot_ids) if lot_ids else {}
    names |= catalog.product_names(session, loose) if loose else {}
    return {
        one.id: IssuedFor(names[one.product_id], None)
        if one.lot_id is None
        else IssuedFor(lots[one.lot_id].name, lots[one.lot_id])
        for one in batches
    }
