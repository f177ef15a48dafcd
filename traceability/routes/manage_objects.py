"""What the pages of /manage/stamps are about, for the enterprise acted for alone."""

from sqlalchemy.orm import Session

from accounts.web import own
from catalog import queries as catalog
from catalog.queries import StampableLot
from traceability.queries import BatchCard


def own_lot(session: Session, public_id: str) -> StampableLot:
    """The lot with this id, as a form or an address names it.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    return own(catalog.stampable_lot(session, public_id.strip().upper()))


def lot_of(session: Session, batch: BatchCard) -> StampableLot:
    """The lot a batch was issued for."""
    return catalog.stampable_lots_by_id(session, [batch.lot_id])[batch.lot_id]
