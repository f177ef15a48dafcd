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
from traceability.queries.commitments import uncommitted_batches
from traceability.queries.listed import (
    PlacedStamp,
    batches_after,
    label_prints_after,
    stamps_between,
)
from traceability.queries.pictured import checks_by_day, stamps_by_state
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
from traceability.queries.report_photos import report_photo, report_pictures
from traceability.queries.reports import (
    ReportedStamp,
    closed_reports,
    new_reports,
    report_of,
    reported_stamp_count,
    reported_stamps,
    reports_of_stamp,
    reports_to,
)
from traceability.queries.stamps import StampRow, own_stamp_row, past_check, stamp_row
from traceability.queries.stories import Step, story_of_lots

__all__ = [
    "ActCard",
    "BatchCard",
    "PlacedStamp",
    "RangeCard",
    "ReportedStamp",
    "StampRow",
    "Step",
    "act_of",
    "acts_of",
    "acts_together",
    "batch_of",
    "batches_after",
    "batches_by_id",
    "batches_of",
    "can_undo",
    "checks_by_day",
    "closed_reports",
    "discarded_batches",
    "is_checked",
    "label_print_of",
    "label_prints_after",
    "label_prints_of",
    "left_behind_batches",
    "lot_stamps",
    "new_reports",
    "ordinal_of",
    "own_stamp_row",
    "past_check",
    "ranges_of",
    "recent_checks",
    "report_of",
    "report_photo",
    "report_pictures",
    "reported_stamp_count",
    "reported_stamps",
    "reports_of_stamp",
    "reports_to",
    "serials_at",
    "serials_to_print",
    "stamp_row",
    "stamps_between",
    "stamps_by_state",
    "stamps_left",
    "stamps_left_of",
    "story_of_lots",
    "uncommitted_batches",
    "untouched_batches",
]
