"""What the pages of /manage/stamps are about, for the enterprise acted for alone."""

from sqlalchemy.orm import Session

from accounts.web import allow
from catalog import queries as catalog
from catalog.queries import StampableLot
from core.errors import NotFound
from traceability import queries
from traceability.queries import ActCard, BatchCard


def own_lot(session: Session, public_id: str) -> StampableLot:
    """The lot with this id.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    lot = catalog.stampable_lot(session, public_id.strip().upper())
    if lot is None:
        raise NotFound("no such lot")
    allow(lot)
    return lot


def own_batch(session: Session, public_id: str) -> BatchCard:
    """The batch with this id.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    batch = queries.batch_of(session, public_id)
    if batch is None:
        raise NotFound("no such batch")
    allow(batch)
    return batch


def own_act(session: Session, public_id: str) -> ActCard:
    """The act with this id.

    Raises:
        NotFound: there is none, or it was done to somebody else's stamps.
    """
    act = queries.act_of(session, public_id)
    if act is None:
        raise NotFound("no such act")
    allow(act)
    return act


def lot_of(session: Session, batch: BatchCard) -> StampableLot:
    """The lot a batch was issued for."""
    return catalog.stampable_lots_by_id(session, [batch.lot_id])[batch.lot_id]
