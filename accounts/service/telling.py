"""Telling a person what happened to their account, where they can be reached."""

from accounts.names import takes_messages
from accounts.queries import phones_of
from core.dispatch import Letter, send_out
from core.work import Work

_SUBJECT = "Gốc: tài khoản của bạn"


def tell_everywhere(work: Work, *, person_id: int, words: str, once_key: str) -> None:
    """Send `words` to every number and address the person is behind, each once by `once_key`."""
    for target in phones_of(work.session, person_id):
        if takes_messages(target):
            letter = Letter(target, words, subject=_SUBJECT)
            send_out(work, letter, once_key=f"{once_key}:{target}")
