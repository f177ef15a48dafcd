"""When stored work may begin, by a clock that may have gone wrong: nothing waits for ever."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import InstrumentedAttribute

SLACK = timedelta(minutes=5)  # Clocks of several machines differ by less.


def has_come(
    moment: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
    now: datetime,
    *,
    longest: timedelta,
) -> ColumnElement[bool]:
    """Say whether a moment that is set at most `longest` ahead has come.

    One that lies further ahead was set while the clock was wrong, or the clock has stepped back
    since: nobody waits for it.
    """
    return or_(moment <= now, moment > now + longest + SLACK)
