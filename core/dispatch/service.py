"""Putting messages on their way, in the transaction of what they tell."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import jobs
from core.database import insert_new
from core.dispatch.models import Dispatch
from core.dispatch.port import carriers
from core.text.sms import sms_words
from core.work import Work

DELIVERING = "deliver_message"
USEFUL = timedelta(days=1)


@dataclass(frozen=True)
class Letter:
    """What is to be told to whom: `target` is "+84…" (an SMS) or an address of mail.

    `words` may have diacritics; an SMS goes out without them.
    """

    target: str
    words: str
    subject: str = ""
    useful: timedelta = USEFUL
    is_answer: bool = False  # Not kept once it is sent: it says who asked us what, and when.

    @property
    def channel(self) -> str:
        """By which way it goes: "sms" or "mail"."""
        return "mail" if "@" in self.target else "sms"


def send_out(work: Work, letter: Letter, *, once_key: str) -> bool:
    """Have the worker deliver `letter` after the commit; False: `once_key` was sent already.

    An SMS of more than 160 letters is our own bug: it would cost twice and come in pieces.
    """
    channel = letter.channel
    row = {
        "once_key": once_key,
        "channel": channel,
        "target": letter.target,
        "subject": letter.subject or None,
        "words": sms_words(letter.words) if channel == "sms" else letter.words,
        "created_at": work.now,
        "until_at": work.now + letter.useful,
        "is_answer": letter.is_answer,
    }
    if not insert_new(work.session, Dispatch, row):
        return False
    jobs.enqueue(work, kind=DELIVERING, arguments={"once_key": once_key})
    return True


def has_carrier(target: str) -> bool:
    """Whether messages to this number or address can be sent at all here."""
    return carriers().of("mail" if "@" in target else "sms") is not None


def dispatch_of(session: Session, once_key: str) -> Dispatch | None:
    """The message sent by this key, for the demo's page."""
    return session.scalars(select(Dispatch).where(Dispatch.once_key == once_key)).one_or_none()


def sent_under(session: Session, prefix: str) -> int:
    """How many messages were sent by keys that begin with these words and a colon."""
    # By its letters, never by order: most locales of PostgreSQL sort a semicolon before a colon.
    keys = Dispatch.once_key.startswith(f"{prefix}:", autoescape=True)
    return session.scalar(select(func.count()).select_from(Dispatch).where(keys)) or 0


def last_dispatches(session: Session, *, at_most: int) -> list[Dispatch]:
    """The newest messages, for the demo's page."""
    rows = select(Dispatch).order_by(Dispatch.created_at.desc(), Dispatch.id.desc())
    return list(session.scalars(rows.limit(at_most)))
