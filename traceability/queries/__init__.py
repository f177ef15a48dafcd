"""Questions traceability answers."""

from traceability.queries.batches import (
    BatchCard,
    batch_of,
    batches_by_id,
    batches_of,
    discarded_batches,
    left_behind_batches,
    lot_stamps,
    stamps_left,
    stamps_left_of,
    untouched_batches,
)
from traceability.queries.places import ordinal_of
from traceability.queries.ranges import (
    ActCard,
    RangeCard,
    act_of,
    acts_of,
    acts_together,
    can_undo,
    is_checked,
    label_print_of,
    label_prints_of,
    ranges_of,
    serials_at,
    serials_to_print,
)
from traceability.queries.recent import recent_checks
from traceability.queries.reports import (
    new_reports,
    report_of,
    reports_in,
    reports_of_unknown_stamps,
    reports_to,
)
from traceability.queries.stamps import StampRow, past_check, stamp_row
from traceability.queries.stories import Step, story_of_lots

__all__ = [
    "ActCard",
    "BatchCard",
    "RangeCard",
    "StampRow",
    "Step",
    "act_of",
    "acts_of",
    "acts_together",
    "batch_of",
    "batches_by_id",
    "batches_of",
    "can_undo",
    "discarded_batches",
    "is_checked",
    "label_print_of",
    "label_prints_of",
    "left_behind_batches",
    "lot_stamps",
    "new_reports",
    "ordinal_of",
    "past_check",
    "ranges_of",
    "recent_checks",
    "report_of",
    "reports_in",
    "reports_of_unknown_stamps",
    "reports_to",
    "serials_at",
    "serials_to_print",
    "stamp_row",
    "stamps_left",
    "stamps_left_of",
    "story_of_lots",
    "untouched_batches",
]
