"""Taking an SMS: once, with its effect and its answer in one transaction."""

from core.database import dialect_of, insert_new, lock_words, upsert
from core.dispatch import Letter, send_out
from core.inbound.models import InboundSender, InboundSms
from core.inbound.port import Incoming, readers
from core.sealing import sealer
from core.work import Work

READ_A_DAY = 30  # Of one number: whoever sends more is a machine, and each answer costs.
HELPS_A_DAY = 3  # So often we say that we did not understand, then nothing more.
HASH_LENGTH = 32  # 128 bits, hexadecimal: no two meet by chance.


def receive(work: Work, incoming: Incoming) -> str | None:
    """Read an SMS and have its answer sent; gives the answer's words, None where there is none.

    One whose key was taken before has no effect.
    """
    sender_hash = _hashed(f"{work.today} {incoming.sender}", about="the sender of an SMS")
    # Counted one after another: two at once are two.
    lock_words(work.session, f"sms of {sender_hash}")
    key_hash = _hashed(incoming.key, about="the provider's name of an SMS")
    if not insert_new(work.session, InboundSms, {"key_hash": key_hash, "received_on": work.today}):
        return None
    sender = _count(work, sender_hash)
    if sender.taken > READ_A_DAY:
        return None
    answer = _read(work, incoming)
    if answer is None:
        if sender.helped >= HELPS_A_DAY:
            return None
        sender.helped += 1
        answer = readers().helping_words
    # Named by chance: no key that stays leads from the sender to what was asked, and when.
    send_out(
        work, Letter(incoming.sender, answer, is_answer=True), once_key=f"answer:{work.new_token()}"
    )
    return answer


def _read(work: Work, incoming: Incoming) -> str | None:
    answers = (reader(work, incoming) for reader in readers().asked)
    return next((answer for answer in answers if answer is not None), None)


def _count(work: Work, sender_hash: str) -> InboundSender:
    """Count one more of this telephone today, and give its day so far."""
    row = {"sender_hash": sender_hash, "received_on": work.today, "taken": 1, "helped": 0}
    one_more = {"taken": InboundSender.taken + 1}
    work.session.execute(upsert(dialect_of(work.session), InboundSender, row, changes=one_more))
    return work.session.get_one(InboundSender, sender_hash, populate_existing=True)


def _hashed(words: str, *, about: str) -> str:
    return sealer().digest(words, about=about).hex()[:HASH_LENGTH]
