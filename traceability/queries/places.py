"""Which stamp of a batch somebody means: by its number in the batch, or by its serial."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.text.numbers import count
from core.text.refusal import Unreadable
from traceability import rules
from traceability.errors import MalformedSerial, StampNotInBatch
from traceability.models import Stamp
from traceability.queries.batches import BatchCard


def ordinal_of(session: Session, batch: BatchCard, text: str) -> int:
    """The ordinal of the stamp that was typed as a number ("628") or as a serial, or scanned.

    A scanned address ends with the serial, whatever stands before it.

    Raises:
        StampNotInBatch: it is neither, or of no stamp of this batch.
    """
    try:
        serial = rules.parse_serial(text.partition("?")[0].rstrip("/").rpartition("/")[2])
    except MalformedSerial:
        return _counted(batch, text)
    ordinal = session.scalar(
        select(Stamp.ordinal).where(Stamp.serial == serial, Stamp.batch_id == batch.id)
    )
    if ordinal is None:
        raise StampNotInBatch("a serial of another batch", most=batch.count)
    return ordinal


def _counted(batch: BatchCard, text: str) -> int:
    try:
        ordinal = count(text)
    except Unreadable:
        ordinal = 0
    if not 1 <= ordinal <= batch.count:
        raise StampNotInBatch("no ordinal of the batch", most=batch.count)
    return ordinal
