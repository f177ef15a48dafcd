"""Removing an enterprise's stamps: `stamp` has no foreign key, so no batch takes them along."""

from sqlalchemy import delete, select

from core.work import Work
from traceability.models import Stamp, StampBatch
from traceability.service.issuing import PIECE


def wipe_stamps(work: Work, *, enterprise_id: int) -> bool:
    """Remove a piece of an enterprise's stamps, which nobody has checked; False: none was left."""
    batches = select(StampBatch.id).where(StampBatch.enterprise_id == enterprise_id)
    some = select(Stamp.serial).where(Stamp.batch_id.in_(batches)).limit(PIECE)
    serials = work.session.scalars(some).all()
    work.session.execute(delete(Stamp).where(Stamp.serial.in_(serials)))
    return bool(serials)
