"""Tokens of result pages: their first letters say the day, with which the check's key begins."""

from datetime import date

from core import ids
from core.errors import NotFound
from core.work import Work

DAY_LETTERS = 4  # 20 bits of days since year 1: enough until the year 2872.


def check_token(work: Work) -> str:
    """A new token of 26 Crockford characters for a check of today."""
    day = work.today.toordinal()
    letters = "".join(ids.CROCKFORD[day >> 5 * place & 31] for place in (3, 2, 1, 0))
    return letters + work.new_token()[DAY_LETTERS:]


def day_of_token(token: str) -> date:
    """The day a token was made on.

    Raises:
        NotFound: no token of ours looks like this.
    """
    if len(token) != ids.TOKEN_LENGTH or not set(token) <= set(ids.CROCKFORD):
        raise NotFound("no such token")
    day = 0
    for letter in token[:DAY_LETTERS]:
        day = day << 5 | ids.CROCKFORD.index(letter)
    try:
        return date.fromordinal(day)
    except ValueError:
        raise NotFound("no such day") from None
