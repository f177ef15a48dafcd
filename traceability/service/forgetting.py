"""What may not be kept: who looked at a stamp, even as hashes; the number of who reported one."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from core import periods
from core.work import Work
from traceability.models import StampBurst, StampCheck, StampReport, StampScratch

LOOKED_BACK_DAYS = 14  # A machine that was off this long still catches up.
FORGOTTEN_AT_ONCE = 500  # On SQLite no transaction may hold the writer for long.

CheckKey = tuple[date, str]  # Of a check: its day and token.


def checks_to_forget(session: Session, *, today: date) -> list[CheckKey]:
    """Checks older than `periods.DEVICES` that still say who looked, the oldest first."""
    last = today - periods.DEVICES.kept
    found = session.execute(
        select(StampCheck.day, StampCheck.token)
        .where(StampCheck.day.between(last - timedelta(days=LOOKED_BACK_DAYS), last))
        .where(StampCheck.device_hash.is_not(None))
        .order_by(StampCheck.day, StampCheck.token)
    )
    return [(row.day, row.token) for row in found]


def forget_devices(work: Work, checks: Sequence[CheckKey]) -> None:
    """Erase device and network of checks: the caller keeps them to FORGOTTEN_AT_ONCE.

    What they added to the tally stays: it names nobody.
    """
    keys = [{"on": day, "of": token} for day, token in checks]
    if keys:
        work.session.connection().execute(_FORGET, keys)


def forget_networks(work: Work) -> bool:
    """Erase confirmers of scratch codes, networks of reports, bursts; whether there may be more."""
    until = work.now - periods.DEVICES.kept
    confirmed = (
        select(StampScratch.serial)
        .where(StampScratch.confirmed_at < until, StampScratch.device_hash.is_not(None))
        .limit(FORGOTTEN_AT_ONCE)
    )
    confirmers = work.session.scalars(
        update(StampScratch)
        .where(StampScratch.serial.in_(confirmed))
        .values(device_hash=None, network_hash=None)
        .returning(StampScratch.serial)
    ).all()
    reported = (
        select(StampReport.id)
        .where(StampReport.reported_at < until, StampReport.network_hash.is_not(None))
        .limit(FORGOTTEN_AT_ONCE)
    )
    reports = work.session.scalars(
        update(StampReport)
        .where(StampReport.id.in_(reported))
        .values(network_hash=None)
        .returning(StampReport.id)
    ).all()
    over = (
        select(StampBurst.id)
        .where(StampBurst.until_at < work.now - periods.BURSTS.kept)
        .limit(FORGOTTEN_AT_ONCE)
    )
    bursts = work.session.scalars(
        delete(StampBurst).where(StampBurst.id.in_(over)).returning(StampBurst.id)
    ).all()
    return FORGOTTEN_AT_ONCE in {len(confirmers), len(reports), len(bursts)}


def forget_contacts(work: Work) -> bool:
    """Erase some of the numbers left with reports nobody closed; whether there may be more.

    What was seen stays, it names nobody.
    """
    left = (
        select(StampReport.id)
        .where(StampReport.reported_at < work.now - periods.REPORT_CONTACTS.kept)
        .where(StampReport.contact != "")
        .limit(FORGOTTEN_AT_ONCE)
    )
    erased = work.session.scalars(
        update(StampReport)
        .where(StampReport.id.in_(left))
        .values(contact="")
        .returning(StampReport.id)
    ).all()
    return len(erased) == FORGOTTEN_AT_ONCE


_FORGET = (
    update(StampCheck)
    .where(StampCheck.day == bindparam("on"), StampCheck.token == bindparam("of"))
    .values(device_hash=None, network_hash=None, browser_hash=None, burst_id=None)
)
