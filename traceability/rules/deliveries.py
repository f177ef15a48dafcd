"""What becomes of stamps handed to a dealer."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

MOST_SMS_A_DAY: Final = 6  # To one dealer: handing over and taking back in a circle costs money.
SAME_ANSWER_WITHIN: Final = timedelta(days=1)  # As a form that is sent twice: core/answers.py.
SALE_UNDONE_WITHIN: Final = timedelta(days=1)  # A slip is seen the same day; later it is a return.


class DeliveryState(StrEnum):
    """Where a hand-over stands. The last two end it; an ended one never lives again."""

    OFFERED = "offered"  # The dealer was asked and has not answered.
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
