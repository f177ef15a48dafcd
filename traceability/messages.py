"""What traceability tells makers. Sentences: templates/traceability/slots/message.html."""

from core import messages
from core.work import Work
from traceability import rules
from traceability.queries import StampRow

UNACTIVATED_STAMP_CHECKED = "unactivated_stamp_checked"


def unactivated_stamp_checked(work: Work, stamp: StampRow) -> bool:
    """Tell the maker that a stamp not yet active was checked; say whether a message was queued.

    At most one in each hour of the clock for a lot: a shop trying a whole box is one piece of news.
    """
    return messages.send(
        work,
        enterprise_id=stamp.enterprise_id,
        kind=UNACTIVATED_STAMP_CHECKED,
        values={"lot_id": stamp.lot_id, "serial": rules.serial_text(stamp.serial)},
        once_key=f"unactivated_stamp_checked:{stamp.lot_id}:{work.now:%Y%m%d%H}",
    )
