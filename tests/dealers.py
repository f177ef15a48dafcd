"""Dealers for tests: a shop of a maker's list, and stamps it holds."""

from itertools import count

from accounts.models import Enterprise
from core.work import Work
from traceability import service
from traceability.models import Dealer, StampBatch, StampDelivery
from traceability.service import Answer, NewDealer

HAI_CHAU = "20242"  # Phường Hải Châu, Đà Nẵng.
_NUMBERS = count(912_000_000)


def make_dealer(work: Work, *, enterprise: Enterprise, name: str = "Tạp hóa Lan") -> Dealer:
    """A shop in Đà Nẵng with a number of its own."""
    told = NewDealer(name, f"0{next(_NUMBERS)}", HAI_CHAU)
    return service.add_dealer(work, enterprise_id=enterprise.id, told=told)


def make_delivery(
    work: Work, *, batch: StampBatch, dealer: Dealer, first: int = 1, last: int = 5
) -> StampDelivery:
    """Stamps offered to a dealer who has not answered."""
    return service.hand_over(work, batch_id=batch.id, dealer_id=dealer.id, first=first, last=last)


def confirm(
    work: Work, delivery: StampDelivery, *, is_shown: bool = False, browser: str = ""
) -> None:
    """Let the dealer say that they have them."""
    said = Answer(has_them=True, is_shown=is_shown, browser=browser)
    service.answer_delivery(work, public_id=delivery.public_id, answer=said)
