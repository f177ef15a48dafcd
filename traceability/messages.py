"""What traceability tells makers. Sentences: templates/traceability/slots/message.html."""

from core import messages
from core.work import Work
from traceability import rules
from traceability.queries import StampRow

UNACTIVATED_STAMP_CHECKED = "unactivated_stamp_checked"


def unactivated_stamp_checked(work: Work, stamp: StampRow) -> bool:
    """Tell the maker that a stamp not yet active was checked; say whether a message was queued.

    At most one in each hour of the clock for a lot, or for a roll bound to none: a shop trying a
    whole box is one piece of news.
    """
    loose = stamp.lot_id is None
    about = {"batch_id": stamp.batch_id} if loose else {"lot_id": stamp.lot_id}
    box = f"batch {stamp.batch_id}" if loose else f"{stamp.lot_id}"
    return messages.send(
        work,
        enterprise_id=stamp.enterprise_id,
        kind=UNACTIVATED_STAMP_CHECKED,
        values=about | {"serial": rules.serial_text(stamp.serial)},
        once_key=f"unactivated_stamp_checked:{box}:{work.now:%Y%m%d%H}",
    )
