"""Tables of traceability."""

from traceability.models.checks import StampCheck, StampEarlyVisit, StampReport, StampTally
from traceability.models.stamps import Stamp, StampAct, StampBatch, StampQuota, StampRange

__all__ = [
    "Stamp",
    "StampAct",
    "StampBatch",
    "StampCheck",
    "StampEarlyVisit",
    "StampQuota",
    "StampRange",
    "StampReport",
    "StampTally",
]
