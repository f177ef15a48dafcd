"""Tables of traceability."""

from traceability.models.checks import (
    StampCheck,
    StampEarlyVisit,
    StampReport,
    StampReportPhoto,
    StampTally,
)
from traceability.models.labels import LabelPrint
from traceability.models.stamps import Stamp, StampAct, StampBatch, StampQuota, StampRange

__all__ = [
    "LabelPrint",
    "Stamp",
    "StampAct",
    "StampBatch",
    "StampCheck",
    "StampEarlyVisit",
    "StampQuota",
    "StampRange",
    "StampReport",
    "StampReportPhoto",
    "StampTally",
]
