"""Moments as the pages of accounts say them."""

from datetime import datetime

from core import clock, display
from core.language import current_language


def day_words(at: datetime) -> str:
    """The day in Việt Nam, in the reader's language."""
    return display.moment_day(at, current_language())


def moment_words(at: datetime) -> str:
    """The moment as somebody would say it now, in the reader's language."""
    return display.recent(at, clock.now(), current_language())
