"""Verbs of traceability."""

from traceability.adapters.outputs import MOST_LABELS
from traceability.service.checking import Check, Claim, Visitor, look, record_check
from traceability.service.committing import commit_more
from traceability.service.forgetting import forget_contacts, forget_devices
from traceability.service.issuing import (
    PIECE,
    abandon_batch,
    add_stamps,
    begin_batch,
    begin_roll,
    issue_stamps,
    publish_batch,
    set_quota,
    stamps_made,
)
from traceability.service.labels import (
    DRAWING,
    note_counted,
    order_all_labels,
    order_batch_labels,
    order_labels,
    require_printable,
)
from traceability.service.log_entries import (
    Told,
    forget_salt,
    note_published,
    place_entries,
    tell_correction,
    tell_void,
)
from traceability.service.log_keys import replace_key
from traceability.service.months import forget_unfinished_months, keep_month
from traceability.service.pieces import (
    BINDING,
    ISSUING,
    Order,
    RollOrder,
    add_next_stamps,
    discard_batches,
    note_refused_binding,
    note_refused_issue,
    order_roll,
    order_stamps,
    remove_discarded_stamps,
)
from traceability.service.ranges import (
    activate_lot,
    activate_stamps,
    stick_stamps,
    undo_activation,
    undo_report,
    void_pieces,
    void_stamps,
)
from traceability.service.reading import Reading, read_check, read_past_check
from traceability.service.rebinding import bind_stamps, move_stamps, undo_rebinding
from traceability.service.report_photos import (
    MOST_OF_REPORT,
    add_report_photos,
    begin_report_photo,
)
from traceability.service.reports import handle_report, report, see_report
from traceability.service.wiping import wipe_stamps

__all__ = [
    "BINDING",
    "DRAWING",
    "ISSUING",
    "MOST_LABELS",
    "MOST_OF_REPORT",
    "PIECE",
    "Check",
    "Claim",
    "Order",
    "Reading",
    "RollOrder",
    "Told",
    "Visitor",
    "abandon_batch",
    "activate_lot",
    "activate_stamps",
    "add_next_stamps",
    "add_report_photos",
    "add_stamps",
    "begin_batch",
    "begin_report_photo",
    "begin_roll",
    "bind_stamps",
    "commit_more",
    "discard_batches",
    "forget_contacts",
    "forget_devices",
    "forget_salt",
    "forget_unfinished_months",
    "handle_report",
    "issue_stamps",
    "keep_month",
    "look",
    "move_stamps",
    "note_counted",
    "note_published",
    "note_refused_binding",
    "note_refused_issue",
    "order_all_labels",
    "order_batch_labels",
    "order_labels",
    "order_roll",
    "order_stamps",
    "place_entries",
    "publish_batch",
    "read_check",
    "read_past_check",
    "record_check",
    "remove_discarded_stamps",
    "replace_key",
    "report",
    "require_printable",
    "see_report",
    "set_quota",
    "stamps_made",
    "stick_stamps",
    "tell_correction",
    "tell_void",
    "undo_activation",
    "undo_rebinding",
    "undo_report",
    "void_pieces",
    "void_stamps",
    "wipe_stamps",
]
