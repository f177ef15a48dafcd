"""Verbs of traceability."""

from traceability.service.checking import Check, Claim, Visitor, look, record_check
from traceability.service.issuing import (
    PIECE,
    abandon_batch,
    add_stamps,
    begin_batch,
    issue_stamps,
    publish_batch,
    set_quota,
    stamps_made,
)
from traceability.service.ranges import (
    activate_lot,
    activate_stamps,
    undo_activation,
    void_stamps,
)
from traceability.service.reading import Reading, read_check, read_past_check
from traceability.service.reports import report

__all__ = [
    "PIECE",
    "Check",
    "Claim",
    "Reading",
    "Visitor",
    "abandon_batch",
    "activate_lot",
    "activate_stamps",
    "add_stamps",
    "begin_batch",
    "issue_stamps",
    "look",
    "publish_batch",
    "read_check",
    "read_past_check",
    "record_check",
    "report",
    "set_quota",
    "stamps_made",
    "undo_activation",
    "void_stamps",
]
