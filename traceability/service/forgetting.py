"""What may not be kept: who looked at a stamp, even as hashes, is forgotten after half a year."""

from datetime import timedelta

from sqlalchemy import update

from core.work import Work
from traceability.models import StampCheck

KEPT_DAYS = 180  # Law 91/2025 asks for a limit; half a year covers any dispute about a copy.
LOOKED_BACK_DAYS = 14  # A machine that was off this long still catches up.


def forget_devices(work: Work) -> int:
    """Erase device and network of checks older than KEPT_DAYS; how many were erased.

    What they added to the tally stays: it names nobody.
    """
    last = work.today - timedelta(days=KEPT_DAYS)
    erased = work.session.execute(
        update(StampCheck)
        .where(StampCheck.day.between(last - timedelta(days=LOOKED_BACK_DAYS), last))
        .where(StampCheck.device_hash.is_not(None))
        .values(device_hash=None, network_hash=None)
        .returning(StampCheck.token)
    )
    return len(erased.all())
