"""Stamps handed to a dealer, who says by the link on their phone that they have them."""

from dataclasses import dataclass

from sqlalchemy import select, update

from accounts.hashing import hash_of_secret
from core import audit
from core.database import insert_new
from core.errors import NotFound
from core.work import Work
from traceability import messages, rules
from traceability.dealer_errors import DealerGone, DeliveryClosed, StampsWithDealer
from traceability.models import Dealer, DealerBrowser, StampDelivery
from traceability.rules import DeliveryState, StampState
from traceability.service.dealers import show_dealers
from traceability.service.range_store import hold_batch


def hand_over(work: Work, *, batch_id: int, dealer_id: int, first: int, last: int) -> StampDelivery:
    """Hand ordinals `first` to `last` of a batch to a dealer, who is still to confirm it.

    Raises:
        DealerGone: the dealer was taken off the list.
        NotFound: no such batch, or no such dealer of its enterprise.
        RangeNotPossible: one of the stamps is cancelled or does not exist.
        StampsWithDealer: one of them is with a dealer already.
    """
    held = hold_batch(work, batch_id)  # Whoever hands the same stamps over at once waits here.
    held.spans(first, last, {StampState.PRINTED, StampState.ACTIVE})
    dealer = _living(work, dealer_id, held.row.enterprise_id)
    _refuse_held(work, batch_id, first, last)
    delivery = StampDelivery(
        public_id=work.new_public_id(),
        enterprise_id=held.row.enterprise_id,
        batch_id=batch_id,
        dealer_id=dealer.id,
        first=first,
        last=last,
        handed_at=work.now,
        by_person_id=work.by.person_id,
    )
    work.session.add(delivery)
    work.session.flush()
    _record(work, "hand_over_stamps", delivery)
    return delivery


@dataclass(frozen=True)
class Answer:
    """What a dealer says: whether they have the stamps, and whether buyers may read their name."""

    has_them: bool
    is_shown: bool = False
    browser: str = ""  # The token this browser keeps from now on.
    person_id: int | None = None  # Whoever is signed in.


def answer_delivery(work: Work, *, public_id: str, answer: Answer) -> StampDelivery:
    """Keep what the dealer says, once; with a yes the browser's scans are a shop's from now on.

    The same answer again within a day is that answer: the first one's page may have been lost.

    Raises:
        DeliveryClosed: it was answered, taken back, or there is none.
    """
    # The dealer before the delivery, as whoever takes the dealer off the list holds them.
    work.session.execute(
        select(Dealer.id)
        .join(StampDelivery, StampDelivery.dealer_id == Dealer.id)
        .where(StampDelivery.public_id == public_id)
        .with_for_update(of=Dealer)
    )
    state = DeliveryState.CONFIRMED if answer.has_them else DeliveryState.REFUSED
    delivery: StampDelivery | None = work.session.scalar(
        update(StampDelivery)
        .where(StampDelivery.public_id == public_id)
        .where(StampDelivery.state == DeliveryState.OFFERED)
        .values(state=state, answered_at=work.now, ended_at=None if answer.has_them else work.now)
        .returning(StampDelivery)
    )
    if delivery is None:
        return _answered_alike(work, public_id, state, answer)
    if answer.has_them:
        _know(work, delivery.dealer_id, answer)
    act = "confirm_delivery" if answer.has_them else "refuse_delivery"
    _record(work, act, delivery)
    messages.delivery_answered(work, delivery)
    return delivery


def _answered_alike(
    work: Work, public_id: str, state: DeliveryState, answer: Answer
) -> StampDelivery:
    delivery: StampDelivery | None = work.session.scalar(
        select(StampDelivery)
        .where(StampDelivery.public_id == public_id, StampDelivery.state == state)
        .where(StampDelivery.answered_at > work.now - rules.SAME_ANSWER_WITHIN)
    )
    if delivery is None:
        raise DeliveryClosed(f"delivery {public_id}")
    if answer.has_them:
        _know(work, delivery.dealer_id, answer)
    return delivery


def take_back(work: Work, *, delivery_id: int) -> None:
    """End a hand-over, answered or not: the stamps are with the maker again.

    The second time changes nothing.
    """
    delivery = work.session.scalar(
        update(StampDelivery)
        .where(StampDelivery.id == delivery_id, StampDelivery.ended_at.is_(None))
        .values(state=DeliveryState.TAKEN_BACK, ended_at=work.now)
        .returning(StampDelivery)
    )
    if delivery is not None:
        _record(work, "take_back_stamps", delivery)
    elif work.session.get(StampDelivery, delivery_id) is None:
        raise NotFound(f"no delivery {delivery_id}")


def _living(work: Work, dealer_id: int, enterprise_id: int) -> Dealer:
    # Held for the transaction, so that nobody takes the dealer off the list in between.
    dealer = work.session.scalar(select(Dealer).where(Dealer.id == dealer_id).with_for_update())
    if dealer is None or dealer.enterprise_id != enterprise_id:
        raise NotFound(f"no dealer {dealer_id} of enterprise {enterprise_id}")
    if dealer.ended_at is not None:
        raise DealerGone(f"dealer {dealer_id}")
    return dealer


def _refuse_held(work: Work, batch_id: int, first: int, last: int) -> None:
    there = work.session.execute(
        select(StampDelivery.first, StampDelivery.last, Dealer.name)
        .join(Dealer, Dealer.id == StampDelivery.dealer_id)
        .where(StampDelivery.batch_id == batch_id, StampDelivery.ended_at.is_(None))
        .where(StampDelivery.first <= last, StampDelivery.last >= first)
        .order_by(StampDelivery.first)
        .limit(1)
    ).one_or_none()
    if there is not None:
        raise StampsWithDealer(
            f"batch {batch_id}", first=there.first, last=there.last, dealer=there.name
        )


def _know(work: Work, dealer_id: int, answer: Answer) -> None:
    """Know the dealer again by the browser, and by who is signed in."""
    show_dealers(work, dealer_ids=frozenset({dealer_id}), is_shown=answer.is_shown)
    if answer.person_id is not None:
        who = update(Dealer).where(Dealer.id == dealer_id)
        work.session.execute(who.values(person_id=answer.person_id))
    if answer.browser:
        token_hash = hash_of_secret(answer.browser)
        row = {"token_hash": token_hash, "dealer_id": dealer_id, "since_at": work.now}
        insert_new(work.session, DealerBrowser, row)


def _record(work: Work, act: str, delivery: StampDelivery) -> None:
    audit.record(
        work,
        act=act,
        object_kind="stamp_batch",
        object_id=delivery.batch_id,
        enterprise_id=delivery.enterprise_id,
        first=delivery.first,
        last=delivery.last,
    )
