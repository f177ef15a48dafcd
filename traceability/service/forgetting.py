"""What may not be kept: who looked at a stamp, even as hashes; the number of who reported one."""

from datetime import timedelta

from sqlalchemy import update

from core import periods
from core.work import Work
from traceability.models import StampCheck, StampReport, StampScratch

LOOKED_BACK_DAYS = 14  # A machine that was off this long still catches up.


def forget_devices(work: Work) -> int:
    """Erase device and network of checks older than `periods.DEVICES`; how many were erased.

    Those who confirmed a scratch code, and networks of reports, go too.

    What they added to the tally stays: it names nobody.
    """
    last = work.today - periods.DEVICES.kept
    erased = work.session.execute(
        update(StampCheck)
        .where(StampCheck.day.between(last - timedelta(days=LOOKED_BACK_DAYS), last))
        .where(StampCheck.device_hash.is_not(None))
        .values(device_hash=None, network_hash=None, browser_hash=None)
        .returning(StampCheck.token)
    )
    work.session.execute(
        update(StampScratch)
        .where(StampScratch.confirmed_at < work.now - periods.DEVICES.kept)
        .where(StampScratch.device_hash.is_not(None))
        .values(device_hash=None, network_hash=None)
    )
    work.session.execute(
        update(StampReport)
        .where(StampReport.reported_at < work.now - periods.DEVICES.kept)
        .where(StampReport.network_hash.is_not(None))
        .values(network_hash=None)
    )
    return len(erased.all())


def forget_contacts(work: Work) -> None:
    """Erase the numbers left with reports nobody closed; what was seen stays, it names nobody."""
    work.session.execute(
        update(StampReport)
        .where(StampReport.reported_at < work.now - periods.REPORT_CONTACTS.kept)
        .where(StampReport.contact != "")
        .values(contact="")
    )
