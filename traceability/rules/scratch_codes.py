"""Scratch codes: the six digits under a stamp's scratch layer, worked out, never stored.

Why six, and how often anybody may guess: docs/adr/0017-scratch-codes.md.
"""

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from traceability.rules.serials import serial_text

SCRATCH_DIGITS: Final = 6
SCRATCH_SECRET_BYTES: Final = 32
FREE_TRIES: Final = 5  # Wrong numbers before a stamp is locked: who reads badly has enough.
_LOCKS: Final = (timedelta(hours=1), timedelta(hours=4))  # After the fifth and the sixth; then …
_LONGEST_LOCK: Final = timedelta(hours=24)  # … a try a day: 373 in the first year, of a million.
_SAME_TYPING: Final = timedelta(minutes=10)  # Two taps, or an answer lost on the way.
_DOMAIN: Final = b"goc scratch code 1\n"  # The secret makes nothing else.


class CodeUse(StrEnum):
    """How a confirmed scratch code stands to who looks."""

    FIRST = "first"  # This very device confirmed it, and nobody has typed it since.
    AGAIN = "again"  # It was used before.


class CodeTry(StrEnum):
    """What came of typing a scratch code."""

    CONFIRMED = "confirmed"  # For the first time, or again: the stamp's page says which.
    WRONG = "wrong"  # Also of a stamp that has none, or was never issued.
    LOCKED = "locked"  # This stamp takes no number for a while.
    NOT_IN_USE = "not_in_use"  # Not stuck on, or cancelled: the stamp's page says so.
    NOT_A_BUYER = "not_a_buyer"  # Makers, dealers, officers: they use up no buyer's code.


def scratch_codes(secret: bytes, serial_texts: Sequence[str]) -> list[str]:
    """The digits under the layers of these stamps. Only who holds the secret can tell them."""
    return [_code(secret, text) for text in serial_texts]


def is_scratch_code(secret: bytes, serial: int, typed: str) -> bool:
    """Whether these are the digits of a stamp; takes as long for any."""
    code = _code(secret, serial_text(serial))
    return hmac.compare_digest(code.encode(), typed.encode())


def locked_until(wrong: int, at: datetime) -> datetime | None:
    """Until when a stamp takes no number, the `wrong`th wrong one having been typed `at`."""
    if wrong < FREE_TRIES:
        return None
    over = wrong - FREE_TRIES
    return at + (_LOCKS[over] if over < len(_LOCKS) else _LONGEST_LOCK)


def same_typing_since(now: datetime) -> datetime:
    """What the device that confirmed types again is one typing, where it confirmed after this."""
    return now - _SAME_TYPING


def _code(secret: bytes, text: str) -> str:
    # 64 bits over a million: no digit is likelier than another by more than 10**-13.
    drawn = hmac.digest(secret, _DOMAIN + text.encode(), "sha256")[:8]
    return f"{int.from_bytes(drawn, 'big') % 10**SCRATCH_DIGITS:0{SCRATCH_DIGITS}}"
