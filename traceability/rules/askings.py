"""Activations that wait for a second member: their states, and how long one may wait."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

ASKING_LASTS: Final = timedelta(days=7)  # A member who is away for a week is told in words.


class AskingState(StrEnum):
    """Where an asking stands. Only an open one can be answered, and only once."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    OVERTAKEN = "overtaken"  # Its stamps were stuck on, cancelled or moved in another way.
