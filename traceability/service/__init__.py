"""Verbs of traceability."""

from traceability.adapters.outputs import MOST_LABELS
from traceability.service.alarms import NOT_OURS, OURS, answer_alarm
from traceability.service.askings import (
    AskedWith,
    ask_activation,
    confirm_activation,
    expire_askings,
    forget_askings,
    refuse_activation,
    withdraw_activation,
)
from traceability.service.case_files import CaseFile, case_file
from traceability.service.case_verdicts import Conclusion, Judge, conclude_case, lift_case
from traceability.service.cases import LONGEST_NOTE, note_on_case, open_case, take_case
from traceability.service.checking import Check, Claim, Visitor, look, record_check
from traceability.service.claims import Bought, claim_goods, forget_claims, unclaim_goods
from traceability.service.committing import commit_more
from traceability.service.dealers import NewDealer, add_dealer, remove_dealer, show_dealers
from traceability.service.deliveries import Answer, answer_delivery, hand_over, take_back
from traceability.service.forgetting import (
    forget_contacts,
    forget_devices,
)
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
    note_verdict,
    place_entries,
    tell_correction,
    tell_void,
)
from traceability.service.log_keys import replace_key
from traceability.service.log_papers import tell_changed_papers
from traceability.service.months import forget_unfinished_months, keep_month
from traceability.service.pieces import (
    BINDING,
    ISSUING,
    Order,
    RollOrder,
    add_next_stamps,
    discard_batches,
    note_refused,
    order_roll,
    order_stamps,
    remove_discarded_stamps,
)
from traceability.service.print_codes import (
    MOST_OPEN,
    answer_print,
    fetch_sheets,
    forget_print_codes,
    hash_of_browser,
    hash_of_print_code,
    is_browser,
    make_print_code,
    readable_print_code,
    sheets_on,
    take_back_print_code,
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
from traceability.service.rebinding import bind_stamps, move_stamps
from traceability.service.recalls import Lift, RecallNotice, lift_recall, recall_lot
from traceability.service.report_photos import (
    MOST_OF_REPORT,
    add_report_photos,
    begin_report_photo,
)
from traceability.service.reports import Seen, handle_report, report, see_report
from traceability.service.reprints import hand_out, order_print
from traceability.service.sales import note_seller_scan, record_sale, undo_sale
from traceability.service.scratch_codes import (
    Tried,
    add_scratch_secret,
    opened_scratch_secret,
    try_scratch_code,
)
from traceability.service.signatures import is_signature_wrong, note_wrong_signature
from traceability.service.spoiled import MOST_PLACES, read_spoiled, settle_print, void_spoiled
from traceability.service.stamping_keys import (
    Sign,
    end_stamping_key,
    label_signer,
    new_stamping_key,
)
from traceability.service.watching import strange_batches, tell_of_strange_batch
from traceability.service.wiping import wipe_stamps

__all__ = [
    "BINDING",
    "DRAWING",
    "ISSUING",
    "LONGEST_NOTE",
    "MOST_LABELS",
    "MOST_OF_REPORT",
    "MOST_OPEN",
    "MOST_PLACES",
    "NOT_OURS",
    "OURS",
    "PIECE",
    "Answer",
    "AskedWith",
    "Bought",
    "CaseFile",
    "Check",
    "Claim",
    "Conclusion",
    "Judge",
    "Lift",
    "NewDealer",
    "Order",
    "Reading",
    "RecallNotice",
    "RollOrder",
    "Seen",
    "Sign",
    "Told",
    "Tried",
    "Visitor",
    "abandon_batch",
    "activate_lot",
    "activate_stamps",
    "add_dealer",
    "add_next_stamps",
    "add_report_photos",
    "add_scratch_secret",
    "add_stamps",
    "answer_alarm",
    "answer_delivery",
    "answer_print",
    "ask_activation",
    "begin_batch",
    "begin_report_photo",
    "begin_roll",
    "bind_stamps",
    "case_file",
    "claim_goods",
    "commit_more",
    "conclude_case",
    "confirm_activation",
    "discard_batches",
    "end_stamping_key",
    "expire_askings",
    "fetch_sheets",
    "forget_askings",
    "forget_claims",
    "forget_contacts",
    "forget_devices",
    "forget_print_codes",
    "forget_salt",
    "forget_unfinished_months",
    "hand_out",
    "hand_over",
    "handle_report",
    "hash_of_browser",
    "hash_of_print_code",
    "is_browser",
    "is_signature_wrong",
    "issue_stamps",
    "keep_month",
    "label_signer",
    "lift_case",
    "lift_recall",
    "look",
    "make_print_code",
    "move_stamps",
    "new_stamping_key",
    "note_counted",
    "note_on_case",
    "note_published",
    "note_refused",
    "note_seller_scan",
    "note_verdict",
    "note_wrong_signature",
    "open_case",
    "opened_scratch_secret",
    "order_all_labels",
    "order_batch_labels",
    "order_labels",
    "order_print",
    "order_roll",
    "order_stamps",
    "place_entries",
    "publish_batch",
    "read_check",
    "read_past_check",
    "read_spoiled",
    "readable_print_code",
    "recall_lot",
    "record_check",
    "record_sale",
    "refuse_activation",
    "remove_dealer",
    "remove_discarded_stamps",
    "replace_key",
    "report",
    "require_printable",
    "see_report",
    "set_quota",
    "settle_print",
    "sheets_on",
    "show_dealers",
    "stamps_made",
    "stick_stamps",
    "strange_batches",
    "take_back",
    "take_back_print_code",
    "take_case",
    "tell_changed_papers",
    "tell_correction",
    "tell_of_strange_batch",
    "tell_void",
    "try_scratch_code",
    "unclaim_goods",
    "undo_activation",
    "undo_report",
    "undo_sale",
    "void_pieces",
    "void_spoiled",
    "void_stamps",
    "wipe_stamps",
    "withdraw_activation",
]
