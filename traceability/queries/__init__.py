"""Questions traceability answers."""

from traceability.queries.batches import BatchCard, batches_of, lot_stamps, stamps_left
from traceability.queries.stamps import StampRow, past_check, stamp_row

__all__ = [
    "BatchCard",
    "StampRow",
    "batches_of",
    "lot_stamps",
    "past_check",
    "stamp_row",
    "stamps_left",
]
