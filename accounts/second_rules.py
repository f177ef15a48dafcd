"""What a second step asks, of whom, and for how long it counts. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

STEP_LASTS = timedelta(minutes=15)  # Between the first thing shown and the second.
TRUSTED_FOR = timedelta(days=30)
CONFIRMED_FOR = timedelta(minutes=10)  # Then what touches people or the account asks again.
MOST_FACTORS = 10


class First(StrEnum):
    """What somebody showed first."""

    PASSWORD = "password"  # noqa: S105  # A kind, no password.
    CODE = "code"  # To the number: whoever holds its SIM has it.
    IDENTITY = "identity"  # An outside e-identity.


def is_confirmed(confirmed_at: datetime | None, now: datetime) -> bool:
    """Whether somebody showed their strongest thing lately enough.

    A moment far ahead was noted while the clock was wrong: it does not count for days.
    """
    return confirmed_at is not None and abs(now - confirmed_at) < CONFIRMED_FOR
