"""What was done to a stamp after the moment its proof speaks for, in words."""

from datetime import datetime

from core import display
from core.errors import sentence
from core.language import current_language, gettext
from traceability.locking import Lock
from traceability.rules import StampState
from traceability.service.reading import Reading

VOID = sentence("Sau lúc ấy tem bị hủy (%(when)s): chữ ký lần sau mới khóa dòng này.")
RULED = sentence("Sau lúc ấy có kết luận về tem (%(when)s): chữ ký lần sau mới khóa dòng này.")
RECALLED = sentence("Sau lúc ấy lô bị thu hồi (%(when)s): chữ ký lần sau mới khóa dòng này.")


def later_acts(found: Reading, lock: Lock | None) -> list[str]:
    """Acts the page knows of that the witnesses cannot have seen when they last signed.

    Named as the command names what follows a batch; nothing is asked of the database for it.
    """
    until_at = lock.until_at if lock else None
    if until_at is None:
        return []
    acts = [(at, said) for at, said in _acts(found) if at > until_at]
    return [
        gettext(said, when=display.clock_and_day(at, current_language()))
        for at, said in sorted(acts)
    ]


def _acts(found: Reading) -> list[tuple[datetime, str]]:
    """When each act was done, and its sentence."""
    acts = []
    stamp = found.check.stamp
    if stamp is not None and stamp.state == StampState.VOID:
        acts.append((stamp.from_at, VOID))
    if found.confirmed is not None:
        acts.append((found.confirmed.at, RULED))
    if found.recall is not None:
        acts.append((found.recall.recalled_at, RECALLED))
    return acts
