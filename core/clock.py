"""The only place that asks what time it is. Everybody else is handed `now`."""

from datetime import UTC, date, datetime, time
from time import monotonic
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """The day in Việt Nam on which `moment` falls: a day of ours is a day there."""
    return moment.astimezone(VIETNAM).date()


def beginning_of(day: date) -> datetime:
    """The moment at which a day begins in Việt Nam."""
    return datetime.combine(day, time(), VIETNAM).astimezone(UTC)


def today() -> date:
    """Today's date in Việt Nam."""
    return day_of(now())


def steady_seconds() -> float:
    """Seconds of a clock that never goes back: for waits and pauses, never for dates."""
    return monotonic()
