"""One-time codes: what they are for, what is kept of them, and the words they come with. Pure."""

import hashlib
import hmac
from datetime import timedelta
from enum import StrEnum

CODE_DIGITS = 6
CODE_LASTS = timedelta(minutes=10)
TRIES = 5  # Wrong ones lock the code, never the account.
# What was proved may take effect so much later: people are called away while they type a name.
PROOF_LASTS = timedelta(minutes=30)
# Asked for by one number or address: an SMS costs, and each code is five guesses of a million.
ASKED_AN_HOUR, ASKED_A_DAY = 5, 10
# The police tell people never to read a code to anyone, officials included. Every message with a
# code ends with exactly this, in an SMS and in a mail.
WARNING = "Khong doc so nay cho ai, ke ca can bo."


class Purpose(StrEnum):
    """What a code proves its number or address for; it opens nothing else."""

    ENTER = "enter"  # To sign in, or to sign up where nobody is known by it yet.
    RESET = "reset"  # To set a forgotten password.
    MOVE_FROM = "move_from"  # To leave a number: it is still in hand.
    MOVE_TO = "move_to"  # To take a new number: it is in hand already.
    DEVICE = "device"  # To let this browser count as one of the enterprise's own.


_WORDS = {
    Purpose.ENTER: "Gốc: {code} là mã để vào, dùng trong 10 phút.",
    Purpose.RESET: "Gốc: {code} là mã để đặt lại mật khẩu, dùng trong 10 phút.",
    Purpose.MOVE_FROM: "Gốc: {code} là mã để ĐỔI SỐ của bạn. Nếu không phải bạn, đừng gõ mã này.",
    Purpose.MOVE_TO: "Gốc: {code} là mã để dùng số này từ nay, dùng trong 10 phút.",
    Purpose.DEVICE: "Gốc: {code} là mã để NHẬN MÁY MỚI dán tem, dùng trong 10 phút.",
}


def code_words(purpose: Purpose, code: str) -> str:
    """The message that carries a code; its warning stands last."""
    return f"{_WORDS[purpose].format(code=code)} {WARNING}"


def hash_of_code(token: str, purpose: Purpose, code: str) -> str:
    """What is kept of a code. Only the browser holds `token`: a leaked table gives no code away."""
    return hmac.new(token.encode(), f"{purpose}:{code}".encode(), hashlib.sha256).hexdigest()


def typed_digits(typed: str) -> str:
    """The digits of a code as typed or pasted: "123 456" is "123456"."""
    return "".join(letter for letter in typed if letter.isascii() and letter.isdigit())
