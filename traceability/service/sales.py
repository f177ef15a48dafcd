"""What dealers do with stamps they hold: scan them, which is no check, and sell the goods."""

from sqlalchemy import delete, select

from core import audit
from core.database import dialect_of, insert_new, upsert
from core.work import Work
from traceability import rules
from traceability.dealer_errors import NotYourStamps, SaleTooOld, SoldBefore, StampNotForSale
from traceability.models import StampDelivery, StampSale, StampSellerScan
from traceability.queries import StampRow, stamp_row
from traceability.rules import DeliveryState, StampState


def note_seller_scan(work: Work, *, serial: int, dealer_id: int) -> None:
    """Remember that a dealer of the maker scanned a stamp; within two hours it is one scan."""
    work.session.execute(
        upsert(
            dialect_of(work.session),
            StampSellerScan,
            {"serial": serial, "dealer_id": dealer_id, "scans": 1, "last_at": work.now},
            changes={
                "dealer_id": dealer_id,
                "scans": StampSellerScan.scans + 1,
                "last_at": work.now,
            },
            where=StampSellerScan.last_at <= rules.occasion_since(work.now),
        )
    )


def record_sale(work: Work, *, serial: int, dealer_ids: frozenset[int]) -> StampSale:
    """Record that the goods of a stamp were sold by the dealer who holds it.

    The same dealer again changes nothing.

    Raises:
        NotYourStamps: none of these dealers holds the stamp.
        SoldBefore: another dealer has sold it.
        StampNotForSale: it was cancelled, or is not reported as stuck on.
    """
    stamp, dealer_id = _held_by(work, serial, dealer_ids)
    if stamp.state != StampState.ACTIVE:
        raise StampNotForSale(f"stamp of batch {stamp.batch_id} is {stamp.state}")
    row = {
        "serial": serial,
        "dealer_id": dealer_id,
        "batch_id": stamp.batch_id,
        "sold_at": work.now,
    }
    is_new = insert_new(work.session, StampSale, row)
    sale = work.session.get_one(StampSale, serial)
    if sale.dealer_id != dealer_id:
        raise SoldBefore(f"by dealer {sale.dealer_id}")
    if is_new:
        _record(work, "record_sale", stamp)
    return sale


def undo_sale(work: Work, *, serial: int, dealer_ids: frozenset[int]) -> None:
    """Take a sale back that was recorded by mistake; where there is none, nothing changes.

    Raises:
        NotYourStamps: none of these dealers holds the stamp.
        SaleTooOld: it was recorded more than a day ago.
    """
    stamp, dealer_id = _held_by(work, serial, dealer_ids)
    sale = work.session.get(StampSale, serial)
    if sale is None or sale.dealer_id != dealer_id:
        return
    if sale.sold_at <= work.now - rules.SALE_UNDONE_WITHIN:
        raise SaleTooOld(f"sold at {sale.sold_at}")
    work.session.execute(delete(StampSale).where(StampSale.serial == serial))
    _record(work, "undo_sale", stamp)


def _held_by(work: Work, serial: int, dealer_ids: frozenset[int]) -> tuple[StampRow, int]:
    """The stamp, and which of the dealers holds it."""
    stamp = stamp_row(work.session, serial)
    if stamp is None:
        raise NotYourStamps("no such stamp")
    dealer_id = work.session.scalar(
        select(StampDelivery.dealer_id)
        .where(StampDelivery.batch_id == stamp.batch_id, StampDelivery.ended_at.is_(None))
        .where(StampDelivery.first <= stamp.ordinal, StampDelivery.last >= stamp.ordinal)
        .where(StampDelivery.state == DeliveryState.CONFIRMED)
        .where(StampDelivery.dealer_id.in_(dealer_ids))
    )
    if dealer_id is None:
        raise NotYourStamps(f"stamp {stamp.ordinal} of batch {stamp.batch_id}")
    return stamp, dealer_id


def _record(work: Work, act: str, stamp: StampRow) -> None:
    audit.record(
        work,
        act=act,
        object_kind="stamp_batch",
        object_id=stamp.batch_id,
        enterprise_id=stamp.enterprise_id,
        first=stamp.ordinal,
        last=stamp.ordinal,
    )
