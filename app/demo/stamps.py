"""Stamps of the sample lots: most stuck on, some waiting, a few cancelled, none of a real maker."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy.orm import Session

from app.demo.samples import LOTS
from catalog import queries as catalog
from catalog.queries import StampableLot
from core.work import Work
from traceability import queries, service
from traceability.rules import VoidReason, serial_text

# What `make run` shows one stamp of.
ACTIVE_LOT, WAITING_LOT, RECALLED_LOT = "26-11A", "D26-11", "26-04X"
WAITING_LOTS = {WAITING_LOT, "MO-2"}  # Printed yesterday: their makers are asked about them.
ROLL_OF, ON_A_ROLL = "26-09B", 40  # A roll of the same goods, stuck on no lot yet.
SPOILED_LOT, SPOILED = "T26-10", 2  # The last stamps of its sheet.
LEFT_TO_ISSUE = {
    "D26-11": 20,
    "26-09B": 60,
    "MK-1": 20,
    "CC-11": 80,
}  # So that more can be issued by hand.


@dataclass(frozen=True)
class ShownStamps:
    """Addresses of stamps to open first."""

    active: str
    waiting: str
    recalled: str | None  # None: nobody called that lot back, or it is over.


def stamp_lots(work: Work, lot_ids: Sequence[int]) -> int:
    """Issue stamps for new sample lots, as if on the day after they were made; how many."""
    days_ago = {lot.code: lot.made_days_ago for lot in LOTS}
    issued = 0
    for lot in catalog.stampable_lots_by_id(work.session, lot_ids).values():
        days = 1 if lot.code in WAITING_LOTS else days_ago[lot.code] - 1
        then = replace(work, now=work.now - timedelta(days=days))
        count = lot.declared_units - LEFT_TO_ISSUE.get(lot.code, 0)
        batch = service.issue_stamps(then, lot_id=lot.id, count=count, gtin=lot.gtin)
        issued += count
        if lot.code == ROLL_OF:
            _make_roll(then, lot)
        if lot.code in WAITING_LOTS:
            continue
        stuck = count - SPOILED if lot.code == SPOILED_LOT else count
        service.activate_stamps(then, batch_id=batch.id, first=1, last=stuck)
        if stuck < count:
            spoiled = VoidReason.SPOILED
            service.void_stamps(
                then, batch_id=batch.id, first=stuck + 1, last=count, reason=spoiled
            )
    return issued


def _make_roll(work: Work, lot: StampableLot) -> None:
    roll = service.begin_roll(
        work,
        product_id=lot.product_id,
        enterprise_id=lot.enterprise_id,
        count=ON_A_ROLL,
        gtin=lot.gtin,
    )
    service.add_stamps(work, batch_id=roll.id, first=1, count=ON_A_ROLL)
    service.publish_batch(work, batch_id=roll.id)


def shown_stamps(session: Session, *, base_url: str) -> ShownStamps | None:
    """The first stamps of the lots to look at; None where somebody else has such lots too."""
    active, waiting = (_first_stamp(session, code) for code in (ACTIVE_LOT, WAITING_LOT))
    if active is None or waiting is None:
        return None
    recalled = _first_stamp(session, RECALLED_LOT, is_recalled=True)
    return ShownStamps(
        f"{base_url}/s/{active}",
        f"{base_url}/s/{waiting}",
        f"{base_url}/s/{recalled}" if recalled else None,
    )


def _first_stamp(session: Session, code: str, *, is_recalled: bool = False) -> str | None:
    lots = catalog.stampable_lots_coded(session, code)
    if len(lots) != 1 or (is_recalled and lots[0].recalled_since is None):
        return None
    batches = queries.batches_of(session, enterprise_id=lots[0].enterprise_id, lot_id=lots[0].id)
    if not batches:
        return None
    serial = queries.serials_at(session, batches[-1].id, [1]).get(1)
    return serial_text(serial) if serial is not None else None
