"""Dealers and what is with them, as makers and the dealers themselves see it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from traceability.models import (
    Dealer,
    DealerBrowser,
    Stamp,
    StampBatch,
    StampDelivery,
    StampRange,
    StampSale,
)
from traceability.rules import DeliveryState

MOST_SHOWN = 200  # On one page; a household has a handful.


@dataclass(frozen=True)
class DealerCard:
    """A shop of a maker's list, with how many stamps are with it."""

    id: int
    public_id: str
    enterprise_id: int
    name: str
    phone: str  # The maker's alone; empty once it is off the list.
    commune_code: str
    is_shown: bool
    made_at: datetime
    ended_at: datetime | None
    stamps: int = 0


@dataclass(frozen=True)
class DeliveryCard:
    """Stamps handed to a dealer."""

    id: int
    public_id: str
    enterprise_id: int
    batch_id: int
    dealer_id: int
    dealer_public_id: str
    dealer_name: str
    dealer_phone: str
    first: int
    last: int
    state: str
    handed_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None

    @property
    def count(self) -> int:
        """How many stamps."""
        return self.last - self.first + 1

    @property
    def is_living(self) -> bool:
        """Whether the stamps are with the dealer, or offered to them."""
        return self.ended_at is None


def dealers_of(session: Session, enterprise_id: int) -> list[DealerCard]:
    """The list of a maker, by name. One statement."""
    listed = Dealer.enterprise_id == enterprise_id, Dealer.ended_at.is_(None)
    return _dealers(session, *listed, at_most=MOST_SHOWN)


def dealer_of(session: Session, public_id: str) -> DealerCard | None:
    """The dealer the outside knows by this id, also one off the list."""
    return next(iter(_dealers(session, Dealer.public_id == public_id, at_most=1)), None)


def dealings(session: Session, *, browser: str, person_id: int | None) -> dict[int, int]:
    """As whom a browser (the hash of its token) or a person sells: enterprise by dealer.

    One maker may have listed two shops of theirs.
    """
    mine = select(DealerBrowser.dealer_id).where(DealerBrowser.token_hash == browser)
    who: ColumnElement[bool] = Dealer.id.in_(mine)
    if person_id is not None:
        who = or_(who, Dealer.person_id == person_id)
    found = session.execute(
        select(Dealer.id, Dealer.enterprise_id).where(who, Dealer.ended_at.is_(None))
    )
    return {id_: enterprise_id for id_, enterprise_id in found}  # noqa: C416  # A Row is no pair to mypy.


def dealings_by_phone(session: Session, phone: str, *, serial: int) -> dict[int, int]:
    """The dealer, by enterprise, who sells for a stamp's maker and has this number.

    One who never confirmed a hand-over is a name on somebody's list, and may be any buyer.
    """
    of_maker = StampBatch.enterprise_id == Dealer.enterprise_id
    confirmed = (
        select(StampDelivery.id)
        .where(StampDelivery.dealer_id == Dealer.id, StampDelivery.answered_at.is_not(None))
        .where(StampDelivery.state != DeliveryState.REFUSED)
        .exists()
    )
    found = session.execute(
        select(Dealer.enterprise_id, Dealer.id)
        .join(StampBatch, of_maker)
        .join(Stamp, Stamp.batch_id == StampBatch.id)
        .where(Stamp.serial == serial, Dealer.phone == phone, Dealer.ended_at.is_(None), confirmed)
    )
    return {enterprise_id: id_ for enterprise_id, id_ in found}  # noqa: C416  # As above.


def deliveries_of(session: Session, dealer_ids: Collection[int]) -> list[DeliveryCard]:
    """What was handed to dealers, the latest first."""
    return _deliveries(session, StampDelivery.dealer_id.in_(dealer_ids))


def deliveries_of_batch(session: Session, batch_id: int) -> list[DeliveryCard]:
    """Which stamps of a batch are with dealers, or offered to them."""
    here = StampDelivery.batch_id == batch_id, StampDelivery.ended_at.is_(None)
    return _deliveries(session, *here)


def delivery_of(session: Session, public_id: str) -> DeliveryCard | None:
    """The hand-over the outside knows by this id."""
    return next(iter(_deliveries(session, StampDelivery.public_id == public_id)), None)


def deliveries_by_id(session: Session, ids: Collection[int]) -> dict[int, DeliveryCard]:
    """The hand-overs with these ids."""
    return {card.id: card for card in _deliveries(session, StampDelivery.id.in_(ids))}


def shown_dealers(session: Session, dealer_ids: Collection[int]) -> bool:
    """Whether one of these dealers lets buyers read its name."""
    shown = select(Dealer.id).where(Dealer.id.in_(dealer_ids), Dealer.is_shown).limit(1)
    return session.scalar(shown) is not None


def dealers_with_lot(session: Session, lot_id: int) -> list[DealerCard]:
    """All shops that stamps of a lot are with, or are offered to. One statement."""
    of_lot = (
        select(StampDelivery.dealer_id)
        .join(StampRange, StampRange.batch_id == StampDelivery.batch_id)
        .where(StampRange.lot_id == lot_id, StampDelivery.ended_at.is_(None))
        .where(StampRange.first <= StampDelivery.last, StampRange.last >= StampDelivery.first)
    )
    return _dealers(session, Dealer.id.in_(of_lot), Dealer.ended_at.is_(None), at_most=None)


def sales_of(session: Session, dealer_ids: Collection[int], *, limit: int) -> list[StampSale]:
    """What dealers recorded as sold, the latest first."""
    rows = select(StampSale).where(StampSale.dealer_id.in_(dealer_ids))
    return list(session.scalars(rows.order_by(StampSale.sold_at.desc()).limit(limit)))


def _dealers(
    session: Session, *which: ColumnElement[bool], at_most: int | None
) -> list[DealerCard]:
    held = (
        select(func.coalesce(func.sum(StampDelivery.last - StampDelivery.first + 1), 0))
        .where(StampDelivery.dealer_id == Dealer.id)
        .where(StampDelivery.state == DeliveryState.CONFIRMED)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Dealer.id,
            Dealer.public_id,
            Dealer.enterprise_id,
            Dealer.name,
            Dealer.phone,
            Dealer.commune_code,
            Dealer.is_shown,
            Dealer.made_at,
            Dealer.ended_at,
            held,
        )
        .where(*which)
        .order_by(Dealer.name, Dealer.id)
        .limit(at_most)
    )
    return [DealerCard(*row) for row in rows]


def _deliveries(session: Session, *which: ColumnElement[bool]) -> list[DeliveryCard]:
    latest = _DELIVERIES.where(*which).order_by(
        StampDelivery.handed_at.desc(), StampDelivery.id.desc()
    )
    return [DeliveryCard(*row) for row in session.execute(latest.limit(MOST_SHOWN))]


_DELIVERIES: Select[*tuple[Any, ...]] = select(  # In the order of the fields of DeliveryCard.
    StampDelivery.id,
    StampDelivery.public_id,
    StampDelivery.enterprise_id,
    StampDelivery.batch_id,
    StampDelivery.dealer_id,
    Dealer.public_id,
    Dealer.name,
    Dealer.phone,
    StampDelivery.first,
    StampDelivery.last,
    StampDelivery.state,
    StampDelivery.handed_at,
    StampDelivery.answered_at,
    StampDelivery.ended_at,
).join(Dealer, Dealer.id == StampDelivery.dealer_id)
