"""Taking an SMS: once, with its effect and its answer in one transaction."""

from sqlalchemy import ColumnElement, func, select, update

from core.database import insert_new, lock_words
from core.dispatch import Letter, send_out
from core.inbound.models import InboundSms
from core.inbound.port import Incoming, readers
from core.work import Work

READ_A_DAY = 30  # Of one number: whoever sends more is a machine, and each answer costs.
HELPS_A_DAY = 3  # So often we say that we did not understand, then nothing more.


def receive(work: Work, incoming: Incoming) -> str | None:
    """Read an SMS and have its answer sent; gives the answer's words, None where there is none.

    One whose key was taken before has no effect.
    """
    row = {"key": incoming.key, "sender": incoming.sender, "received_on": work.today}
    # Counted one after another: two at once are two.
    lock_words(work.session, f"sms of {incoming.sender}")
    if not insert_new(work.session, InboundSms, row):
        return None
    if _today(work, incoming) > READ_A_DAY:
        return None
    answer = _read(work, incoming)
    if answer is None:
        if _today(work, incoming, ~InboundSms.understood) > HELPS_A_DAY:
            return None
        answer = readers().helping_words
    # Named by chance: nothing that stays leads from the sender to what was asked, and when.
    send_out(
        work, Letter(incoming.sender, answer, is_answer=True), once_key=f"answer:{work.new_token()}"
    )
    return answer


def _read(work: Work, incoming: Incoming) -> str | None:
    for reader in readers().asked:
        answer = reader(work, incoming)
        if answer is not None:
            work.session.execute(
                update(InboundSms).where(InboundSms.key == incoming.key).values(understood=True)
            )
            return answer
    return None


def _today(work: Work, incoming: Incoming, *conditions: ColumnElement[bool]) -> int:
    """How many came from this number this day, this one among them."""
    count = work.session.scalar(
        select(func.count())
        .select_from(InboundSms)
        .where(InboundSms.sender == incoming.sender, *conditions)
        .where(InboundSms.received_on == work.today)
    )
    return count or 0
