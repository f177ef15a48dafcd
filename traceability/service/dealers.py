"""A maker's list of dealers: shops that sell its goods."""

from dataclasses import dataclass

from sqlalchemy import delete, select, update

from accounts.errors import NotACommune
from accounts.names import is_phone, sign_in_name, takes_messages
from core import audit
from core.database import lock_words
from core.errors import NotFound
from core.places import communes
from core.work import Work
from traceability.dealer_errors import DealerListed, NotADealersPhone
from traceability.models import Dealer, DealerBrowser, StampDelivery
from traceability.rules import DeliveryState


@dataclass(frozen=True)
class NewDealer:
    """What a maker writes down of a shop; the phone as typed."""

    name: str
    phone: str
    commune_code: str


def add_dealer(work: Work, *, enterprise_id: int, told: NewDealer) -> Dealer:
    """Put a shop on a maker's list.

    Raises:
        DealerListed: the number is on the list.
        NotACommune: the place is none of the reference data.
        NotADealersPhone: no message reaches the number.
    """
    phone = sign_in_name(told.phone)
    if phone is None or not is_phone(phone) or not takes_messages(phone):
        raise NotADealersPhone("no mobile number")
    if told.commune_code not in communes():
        raise NotACommune(f"commune {told.commune_code}")
    lock_words(work.session, f"dealers {enterprise_id}")
    if _listed(work, enterprise_id, phone):
        raise DealerListed(f"enterprise {enterprise_id}")
    dealer = Dealer(
        public_id=work.new_public_id(),
        enterprise_id=enterprise_id,
        name=told.name,
        phone=phone,
        commune_code=told.commune_code,
        made_at=work.now,
        by_person_id=work.by.person_id,
    )
    work.session.add(dealer)
    work.session.flush()
    _record(work, "add_dealer", dealer)
    return dealer


def remove_dealer(work: Work, *, dealer_id: int) -> None:
    """Take a shop off the list: its number is erased, what it held is the maker's again.

    Its scans are checks from now on. Nobody is left who could take back that buyers may read its
    name, so they read it no longer. The second time changes nothing.
    """
    dealer = work.session.scalar(
        update(Dealer)
        .where(Dealer.id == dealer_id, Dealer.ended_at.is_(None))
        .values(ended_at=work.now, phone="", person_id=None, is_shown=False)
        .returning(Dealer)
    )
    if dealer is None:
        if work.session.get(Dealer, dealer_id) is None:
            raise NotFound(f"no dealer {dealer_id}")
        return
    work.session.execute(
        update(StampDelivery)
        .where(StampDelivery.dealer_id == dealer_id, StampDelivery.ended_at.is_(None))
        .values(state=DeliveryState.TAKEN_BACK, ended_at=work.now)
    )
    work.session.execute(delete(DealerBrowser).where(DealerBrowser.dealer_id == dealer_id))
    _record(work, "remove_dealer", dealer)


def show_dealers(work: Work, *, dealer_ids: frozenset[int], is_shown: bool) -> None:
    """Let these shops be named on the pages of stamps they hold, or no longer.

    Their makers' audit says so: it is the shop's word, and nobody else's.
    """
    changed = work.session.scalars(
        update(Dealer)
        .where(Dealer.id.in_(dealer_ids), Dealer.ended_at.is_(None), Dealer.is_shown != is_shown)
        .values(is_shown=is_shown)
        .returning(Dealer)
    ).all()
    for dealer in sorted(changed, key=lambda one: one.id):
        _record(work, "show_dealer" if is_shown else "hide_dealer", dealer)


def _listed(work: Work, enterprise_id: int, phone: str) -> bool:
    same = select(Dealer.id).where(
        Dealer.enterprise_id == enterprise_id, Dealer.phone == phone, Dealer.ended_at.is_(None)
    )
    return work.session.scalar(same) is not None


def _record(work: Work, act: str, dealer: Dealer) -> None:
    audit.record(
        work,
        act=act,
        object_kind="dealer",
        object_id=dealer.id,
        enterprise_id=dealer.enterprise_id,
    )
