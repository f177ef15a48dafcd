"""One stamp with all that traceability itself records of it, in one statement."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, literal_column, select
from sqlalchemy.orm import Session, aliased

from accounts.queries import is_practice
from core.rows import rows
from traceability.models import (
    Dealer,
    LogEntry,
    Stamp,
    StampAlarm,
    StampBatch,
    StampCheck,
    StampDelivery,
    StampEarlyVisit,
    StampRange,
    StampSale,
    StampScratch,
    StampSellerScan,
    StampTally,
)
from traceability.rules import DeliveryState, Reason


@dataclass(frozen=True)
class StampRow:
    """A stamp of an issued batch, its range and its tally (None before the first check)."""

    serial: int
    batch_id: int
    ordinal: int
    product_id: int
    lot_id: int | None  # None: a roll's, bound to no lot yet.
    enterprise_id: int
    gtin: str | None
    issued_at: datetime
    state: str
    from_at: datetime  # Since when in this state.
    reason: str | None
    checks: int | None
    occasions: int | None
    first_at: datetime | None
    last_at: datetime | None
    early_days: int | None
    early_visits: int | None
    published_at: datetime | None = None  # Since when its batch is in the public log.
    has_code: bool = False  # A number lies under a scratch layer.
    code_confirmed_at: datetime | None = None  # When it was first typed right.
    code_device_hash: str | None = None  # By whom; forgotten after half a year.
    code_again: int | None = None  # How often it was typed right since, by anybody …
    code_again_elsewhere: int | None = None  # … and from another network than the first time.
    delivered_at: datetime | None = None  # When its dealer confirmed to have it.
    dealer_name: str | None = None  # That dealer's, who agreed to be named.
    dealer_commune: str | None = None
    seller_scans: int | None = None  # By dealers of the maker.
    scanned_by: str | None = None  # The dealer who scanned last, who agreed to be named.
    sold_at: datetime | None = None
    alarmed_at: datetime | None = None  # When its maker was last told that its checks are unusual.
    alarm_answer: str | None = None  # What the maker said to that.
    alarm_occasions: int | None = None  # How many there were then.
    alarm_reasons: str | None = None  # Why.
    is_unusual: bool | None = None  # As of the last check: the rule's points, not case D.
    alarm_answered_at: datetime | None = None

    @property
    def alarm_is_suspicious(self) -> bool:
        """Whether costly evidence was known when the alarm rang."""
        told = set((self.alarm_reasons or "").split(","))
        return not told.isdisjoint({Reason.CASE, Reason.CODE_AGAIN, Reason.PATTERN})


def stamp_row(session: Session, serial: int) -> StampRow | None:
    """The stamp with this serial; None for a number never issued (or not yet visible).

    A stamp of somebody's practice is issued to nobody: it is not here either.
    """
    row = rows(session, _PUBLIC, serial=serial).one_or_none()
    return StampRow(*tuple(row)) if row is not None else None


def own_stamp_row(
    session: Session, serial: int, *, enterprise_ids: Collection[int]
) -> StampRow | None:
    """The stamp, where one of these enterprises issued it, in practice too."""
    row = rows(session, _OWN, serial=serial, enterprise_ids=enterprise_ids).one_or_none()
    return StampRow(*tuple(row)) if row is not None else None


def past_check(session: Session, *, day: date, token: str) -> dict[str, Any] | None:
    """What a counted check found then, by the token of its result page."""
    return session.scalar(
        select(StampCheck.found).where(StampCheck.day == day, StampCheck.token == token)
    )


_HOLDER, _SCANNER = aliased(Dealer), aliased(Dealer)
_RANGE, _LIVING = aliased(StampRange), aliased(StampDelivery)
# A serial is one stamp, whatever partition it lies in. Without the limit PostgreSQL reckons with
# one of each partition, and plans these tables anew for every visit: fourteen times the time that
# asking them takes. Ranges never overlap: the first that ends at the stamp or after it holds it, or
# none does. Both ends are sought here, once: of a batch cut into a thousand ranges PostgreSQL,
# which reckons with one, may otherwise read each of them.
_ONE = (
    select(
        Stamp.serial,
        Stamp.batch_id,
        Stamp.ordinal,
        select(func.min(_RANGE.last))
        .where(_RANGE.batch_id == Stamp.batch_id, _RANGE.last >= Stamp.ordinal)
        .scalar_subquery()
        .label("range_last"),
        select(func.min(_LIVING.last))
        .where(_LIVING.batch_id == Stamp.batch_id, _LIVING.last >= Stamp.ordinal)
        .where(_LIVING.ended_at.is_(None))
        .scalar_subquery()
        .label("delivery_last"),
    )
    .where(Stamp.serial == bindparam("serial"))
    .limit(literal_column("1"))
    .subquery("stamp_of_serial")
)
_STAMP = (
    select(
        _ONE.c.serial,
        _ONE.c.batch_id,
        _ONE.c.ordinal,
        StampBatch.product_id,
        StampRange.lot_id,
        StampBatch.enterprise_id,
        StampBatch.gtin,
        StampBatch.issued_at,
        StampRange.state,
        StampRange.from_at,
        StampRange.reason,
        StampTally.checks,
        StampTally.occasions,
        StampTally.first_at,
        StampTally.last_at,
        StampTally.early_days,
        StampEarlyVisit.visits,
        LogEntry.published_at,
        StampBatch.scratch_secret.is_not(None),
        StampScratch.confirmed_at,
        StampScratch.device_hash,
        StampScratch.again,
        StampScratch.again_elsewhere,
        StampDelivery.answered_at,
        _HOLDER.name,
        _HOLDER.commune_code,
        StampSellerScan.scans,
        _SCANNER.name,
        StampSale.sold_at,
        StampAlarm.raised_at,
        StampAlarm.answer,
        StampAlarm.occasions,
        StampAlarm.reasons,
        StampAlarm.is_unusual,
        StampAlarm.answered_at,
    )
    .join(StampBatch, and_(StampBatch.id == _ONE.c.batch_id, StampBatch.state == "issued"))
    .join(
        StampRange,
        and_(StampRange.batch_id == _ONE.c.batch_id, StampRange.last == _ONE.c.range_last),
    )
    .outerjoin(StampTally, StampTally.serial == _ONE.c.serial)
    .outerjoin(StampEarlyVisit, StampEarlyVisit.serial == _ONE.c.serial)
    .outerjoin(StampScratch, StampScratch.serial == _ONE.c.serial)
    .outerjoin(LogEntry, and_(LogEntry.batch_id == _ONE.c.batch_id, LogEntry.kind == "batch"))
    .outerjoin(
        StampDelivery,
        and_(
            StampDelivery.batch_id == _ONE.c.batch_id,
            StampDelivery.last == _ONE.c.delivery_last,
            StampDelivery.ended_at.is_(None),  # As the index says; then whether it is confirmed.
            StampDelivery.first <= _ONE.c.ordinal,
            StampDelivery.state == DeliveryState.CONFIRMED,
        ),
    )
    .outerjoin(_HOLDER, and_(_HOLDER.id == StampDelivery.dealer_id, _HOLDER.is_shown))
    .outerjoin(StampSellerScan, StampSellerScan.serial == _ONE.c.serial)
    .outerjoin(_SCANNER, and_(_SCANNER.id == StampSellerScan.dealer_id, _SCANNER.is_shown))
    .outerjoin(StampSale, StampSale.serial == _ONE.c.serial)
    .outerjoin(StampAlarm, StampAlarm.serial == _ONE.c.serial)
)
_PUBLIC = _STAMP.where(~is_practice(StampBatch.enterprise_id))
_OWN = _STAMP.where(StampBatch.enterprise_id.in_(bindparam("enterprise_ids", expanding=True)))
