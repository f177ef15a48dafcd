"""The inner form of North American coupon codes, AI 8110 and 8112.

Sources: North American Coupon Application Guideline (GS1 US), GS1 AI (8112) Coupon Data
Specification. Digits tell how long the number after them is.
"""

import re
from typing import Final

from core.gs1.dates import is_day


def _counted(fewest: int, most: int, more: int = 0) -> str:
    """A digit from `fewest` to `most`, then as many digits as it says and `more`."""
    return "(?:" + "|".join(rf"{n}\d{{{n + more}}}" for n in range(fewest, most + 1)) + ")"


_COMPANY: Final = _counted(0, 6, more=6)
_SERIAL: Final = _counted(0, 9, more=6)
_AMOUNT: Final = _counted(1, 5)
_PURCHASE: Final = rf"{_AMOUNT}[0-49]\d{{3}}"
_FURTHER_COMPANY: Final = f"(?:{_COMPANY}|9)"
_COUPON: Final = re.compile(
    rf"{_COMPANY}\d{{6}}{_AMOUNT}{_PURCHASE}"
    rf"(?:1[0-3]{_PURCHASE}{_FURTHER_COMPANY})?"
    rf"(?:2{_PURCHASE}{_FURTHER_COMPANY})?"
    r"(?:3(?P<expires>\d{6}))?"
    r"(?:4(?P<starts>\d{6}))?"
    rf"(?:5{_SERIAL})?"
    rf"(?:6{_counted(1, 7, more=6)})?"
    r"(?:9[01256][0-2]\d[01])?",
    re.ASCII,
)
_POSITIVE_OFFER: Final = re.compile(rf"[01]{_COMPANY}\d{{6}}{_SERIAL}", re.ASCII)


def is_coupon(text: str) -> bool:
    """Say whether the text is a coupon of AI 8110; it must not end before it starts."""
    parts = _COUPON.fullmatch(text)
    if parts is None:
        return False
    days = [day for day in (parts["starts"], parts["expires"]) if day]
    return all(map(is_day, days)) and days == sorted(days)


def is_positive_offer(text: str) -> bool:
    """Say whether the text is a coupon of a positive offer file, AI 8112."""
    return _POSITIVE_OFFER.fullmatch(text) is not None
