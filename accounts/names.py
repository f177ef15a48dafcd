"""The name somebody signs in by: an e-mail address, or a telephone number of Việt Nam. Pure."""

import re

LONGEST = 254  # An address of e-mail has no more (RFC 5321).
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_SEPARATORS = re.compile(r"[\s.\-()]")
_PHONE = re.compile(r"(?:\+?84|0)([2-9]\d{8,9})")


def sign_in_name(typed: str) -> str | None:
    """The name as it is stored: lower case, or "+84…"; None when it is neither kind.

    "0912 345 678", "84912345678" and "+84 912.345.678" are one person.
    """
    text = typed.strip().lower()
    if len(text) > LONGEST or not text.isprintable():
        return None
    if _EMAIL.fullmatch(text):
        return text
    phone = _PHONE.fullmatch(_SEPARATORS.sub("", text))
    return f"+84{phone[1]}" if phone and phone[1].isascii() else None
