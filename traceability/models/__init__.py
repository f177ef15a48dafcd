"""Tables of traceability."""

from traceability.models.alarms import StampAlarm, StampAlarmRing
from traceability.models.askings import ActivationAsking, ActivationAskingRange
from traceability.models.bursts import StampBurst
from traceability.models.cases import StampCase, StampCaseEntry, StampCaseRange
from traceability.models.checks import (
    StampCheck,
    StampClaim,
    StampEarlyVisit,
    StampReport,
    StampReportPhoto,
    StampTally,
)
from traceability.models.dealers import (
    Dealer,
    DealerBrowser,
    StampDelivery,
    StampSale,
    StampSellerScan,
)
from traceability.models.figures import StampMonth
from traceability.models.labels import LabelLogo, LabelPrint
from traceability.models.log import (
    EnterpriseKey,
    LogEntry,
    LogSalt,
    StampBatchTile,
    StampCommitment,
)
from traceability.models.print_codes import PrintCode, SpoiledLabels
from traceability.models.recalls import LotRecall
from traceability.models.scratch import StampScratch
from traceability.models.signatures import StampingKey, StampWrongSignature
from traceability.models.stamps import Stamp, StampAct, StampBatch, StampQuota, StampRange

__all__ = [
    "ActivationAsking",
    "ActivationAskingRange",
    "Dealer",
    "DealerBrowser",
    "EnterpriseKey",
    "LabelLogo",
    "LabelPrint",
    "LogEntry",
    "LogSalt",
    "LotRecall",
    "PrintCode",
    "SpoiledLabels",
    "Stamp",
    "StampAct",
    "StampAlarm",
    "StampAlarmRing",
    "StampBatch",
    "StampBatchTile",
    "StampBurst",
    "StampCase",
    "StampCaseEntry",
    "StampCaseRange",
    "StampCheck",
    "StampClaim",
    "StampCommitment",
    "StampDelivery",
    "StampEarlyVisit",
    "StampMonth",
    "StampQuota",
    "StampRange",
    "StampReport",
    "StampReportPhoto",
    "StampSale",
    "StampScratch",
    "StampSellerScan",
    "StampTally",
    "StampWrongSignature",
    "StampingKey",
]
