"""Print codes: what is written, how long one lives, who may still ask for its sheets."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from traceability.print_errors import MalformedPrintCode
from traceability.rules.serials import ALPHABET, plain_letters

CODE_LETTERS: Final = 6  # 30 bits: read over the telephone. Misses are limited for it (ADR 15).
LASTS: Final = timedelta(hours=48)  # A weekend at a closed post office.
AGAIN_FOR: Final = timedelta(minutes=15)  # A line that breaks off loses nothing; the code is used.
ANSWERED_WITHIN: Final = timedelta(hours=48)  # After the download: printing waits for paper.
_HALF: Final = 3


class CodeState(StrEnum):
    """Where a print code stands. Only an open one can be downloaded, and only once."""

    OPEN = "open"
    FETCHED = "fetched"
    ANSWERED = "answered"
    ENDED = "ended"


class Standing(StrEnum):
    """What a print code is to whoever holds it now."""

    OPEN = "open"  # Its sheets wait for the first who asks.
    MINE = "mine"  # This browser has them; it may say how the print came out.
    THANKED = "thanked"  # This browser has said it.
    USED = "used"  # Another browser has the sheets.
    EXPIRED = "expired"
    TAKEN_BACK = "taken back"


@dataclass(frozen=True)
class CodeFacts:
    """What a print code's standing is worked out from."""

    state: CodeState
    expires_at: datetime
    fetched_at: datetime | None
    ended_at: datetime | None


def parse_print_code(text: str) -> str:
    """Give the six letters that were typed, or pasted as an address: as forgiving as serials are.

    Raises:
        MalformedPrintCode: not six letters of Crockford's alphabet.
    """
    letters = plain_letters(text.partition("?")[0].strip().rstrip("/").rpartition("/")[2])
    if len(letters) != CODE_LETTERS or not set(letters) <= set(ALPHABET):
        raise MalformedPrintCode(f"{len(letters)} letters")
    return letters


def grouped_code(code: str) -> str:
    """Give the six letters as people read them aloud: 7K3-MQ9."""
    return f"{code[:_HALF]}-{code[_HALF:]}"


def standing(code: CodeFacts, *, is_mine: bool, now: datetime) -> Standing:
    """What the code is now to a browser; `is_mine`: it is the one that downloaded."""
    if code.ended_at is not None:
        return Standing.TAKEN_BACK if code.ended_at < code.expires_at else Standing.EXPIRED
    if code.fetched_at is None:
        return Standing.OPEN if now < code.expires_at else Standing.EXPIRED
    if not is_mine:
        return Standing.USED
    if code.state is CodeState.ANSWERED:
        return Standing.THANKED
    return Standing.MINE if now < code.fetched_at + ANSWERED_WITHIN else Standing.EXPIRED


def may_fetch_again(fetched_at: datetime | None, *, now: datetime) -> bool:
    """Whether the browser that downloaded may do so again: its line may have broken off."""
    return fetched_at is not None and now < fetched_at + AGAIN_FOR
