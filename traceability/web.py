"""What pages and API of stamps ask alike, for the enterprise acted for alone."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from accounts import here
from accounts.web import own, token_since, writing
from catalog import queries as catalog
from catalog.queries import StampableLot
from core.work import Work
from traceability import service
from traceability.errors import StampQuotaExceeded
from traceability.models import ActivationAsking, StampAct
from traceability.service import AskedWith


def own_lot(session: Session, public_id: str) -> StampableLot:
    """The lot with this id, as a form, an address or a body names it.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    return own(catalog.stampable_lot(session, public_id.strip().upper()))


def stick_or_ask(
    work: Work, stick: Callable[[Work], StampAct], *, binds: bool = False
) -> StampAct | ActivationAsking:
    """Report stamps as stuck on, at once where it is asked with what the maker used before.

    Else the wish stands until a second member confirms it. `binds`: they are a roll's.

    Raises:
        ActivationAskedBefore: some of them stand in another asking.
        What `stick` raises.
    """
    is_alone = here.standing(work.session).acts_alone
    browser = here.note_here(work)
    if is_alone:
        return stick(work)
    device = "" if token_since() is not None else here.device_words()
    asked_with = AskedWith(device, browser.browser_hash if browser else None)
    return service.ask_activation(work, stick, binds=binds, asked_with=asked_with)


def leave_trace(lot: StampableLot, refusal: StampQuotaExceeded) -> None:
    """Tell the officer that a lot was to bear more stamps than it may.

    In a transaction of its own: that of the refused act was rolled back.
    """
    with writing() as work:
        service.note_refused(work, lot_id=lot.id, enterprise_id=lot.enterprise_id, refusal=refusal)
