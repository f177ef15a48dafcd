"""Days and times of day as GS1 writes them: digits without separators."""

import calendar
from typing import Final

_MONTHS: Final = 12
_LAST_HOUR: Final = 23
_LAST_MINUTE: Final = 59
_CENTURY: Final = 2000


def is_day(text: str) -> bool:
    """Say whether YYMMDD is a day of the calendar.

    Of 51 years back and 49 ahead (General Specifications, 7.12) each that four divides is a leap
    year, so the century need not be known. That ends in 2051, when YY = 00 begins to mean 2100.
    """
    return text[4:] != "00" and is_day_or_month(text)


def is_day_or_month(text: str) -> bool:
    """Say the same of YYMMDD where day 00 leaves the day open."""
    return _exists(_CENTURY + int(text[:2]), int(text[2:4]), int(text[4:]))


def is_full_day(text: str) -> bool:
    """Say whether YYYYMMDD is a day of the calendar."""
    return text[6:] != "00" and _exists(int(text[:4]), int(text[4:6]), int(text[6:]))


def is_hour(text: str) -> bool:
    """Say whether two digits are an hour of the day."""
    return int(text) <= _LAST_HOUR


def is_minute_or_second(text: str) -> bool:
    """Say whether two digits are a minute of the hour or a second of the minute."""
    return int(text) <= _LAST_MINUTE


def is_hour_and_minute(text: str) -> bool:
    """Say whether four digits are a time of day."""
    return is_hour(text[:2]) and is_minute_or_second(text[2:])


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= _MONTHS and day <= calendar.monthrange(year, month)[1]
