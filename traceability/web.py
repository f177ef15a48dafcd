"""What pages and API of stamps ask alike, for the enterprise acted for alone."""

from sqlalchemy.orm import Session

from accounts.web import own, writing
from catalog import queries as catalog
from catalog.queries import StampableLot
from traceability import service
from traceability.errors import StampQuotaExceeded


def own_lot(session: Session, public_id: str) -> StampableLot:
    """The lot with this id, as a form, an address or a body names it.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    return own(catalog.stampable_lot(session, public_id.strip().upper()))


def leave_trace(lot: StampableLot, refusal: StampQuotaExceeded) -> None:
    """Tell the officer that a lot was to bear more stamps than it may.

    In a transaction of its own: that of the refused act was rolled back.
    """
    with writing() as work:
        service.note_refused(work, lot_id=lot.id, enterprise_id=lot.enterprise_id, refusal=refusal)
