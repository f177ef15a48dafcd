"""Tables of traceability."""

from traceability.models.checks import StampCheck, StampReport, StampTally
from traceability.models.stamps import Stamp, StampAct, StampBatch, StampQuota, StampRange

__all__ = [
    "Stamp",
    "StampAct",
    "StampBatch",
    "StampCheck",
    "StampQuota",
    "StampRange",
    "StampReport",
    "StampTally",
]
