"""What an asking says in an SMS. Pure."""

from core.text.sms import sms_name

NAME_LETTERS = 20
LONGEST = 160


def asking_words(*, helper: str, until: str, link: str) -> str:
    """The SMS that asks a producer: who, until when, where to answer.

    With a long address of the site the words give way, never the link.
    """
    name = sms_name(helper, at_most=NAME_LETTERS)
    full = f"Goc: {name} xin giup ban den {until}. Xem va tra loi: {link}"
    return full if len(full) <= LONGEST else f"Goc: {name} xin giup ban: {link}"
