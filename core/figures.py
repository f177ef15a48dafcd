"""Figures of an area: each feature counts its own, the pages ask all of them through one table.

A figure is a whole number with a name. `app/slots.py` is the one table of who counts;
`app/caring/` says the names in words. A part that fails leaves its figures out and a line in the
log: a report with a gap says so, a page that falls says nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session
from structlog import get_logger

from core.clock import beginning_of

log = get_logger()
K = TypeVar("K")
V = TypeVar("V")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Days in Việt Nam, both included."""

    first_on: date
    last_on: date

    @property
    def begins_at(self) -> datetime:
        """The first moment of its first day."""
        return beginning_of(self.first_on)

    @property
    def ends_at(self) -> datetime:
        """The moment after its last day."""
        return beginning_of(self.last_on + _DAY)

    @property
    def before(self) -> "Span":
        """The month before the one its first day lies in."""
        return month_of(self.first_on.replace(day=1) - _DAY)


def month_of(day: date) -> Span:
    """The whole month a day lies in."""
    first = day.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    return Span(first, after - _DAY)


@dataclass(frozen=True)
class Area:
    """A commune, a province or (without codes) the country, and the makers in it."""

    enterprise_ids: Select[int]
    province_code: str | None = None
    commune_code: str | None = None

    @property
    def code(self) -> str:
        """The code of its commune or province; empty for the whole country."""
        return self.commune_code or self.province_code or ""


Figures = Mapping[str, int]
CountOfMakers = Callable[[Session, Select[int], date], Mapping[int, Figures]]
CountOfMonth = Callable[[Session, Area, Span], Figures]


def of_makers(
    counts: Sequence[CountOfMakers], session: Session, enterprise_ids: Select[int], today: date
) -> dict[int, dict[str, int]]:
    """What stands today with each maker that has any figure, by the figures' names."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for count in counts:
        for id_, figures in _asked(session, partial(count, session, enterprise_ids, today)).items():
            found[id_].update(figures)
    return found


def of_month(
    counts: Sequence[CountOfMonth], session: Session, area: Area, span: Span
) -> dict[str, int]:
    """What happened in an area in some days, and how it stood at their end."""
    found: dict[str, int] = {}
    for count in counts:
        found.update(_asked(session, partial(count, session, area, span)))
    return found


def whole_month(
    counts: Sequence[CountOfMonth], session: Session, area: Area, span: Span
) -> dict[str, int]:
    """As `of_month`, for what is kept for good: a part that fails fails the whole."""
    found: dict[str, int] = {}
    for count in counts:
        found.update(count(session, area, span))
    return found


def _asked(session: Session, count: "partial[Mapping[K, V]]") -> Mapping[K, V]:
    try:
        return count()
    except Exception:
        # After an error PostgreSQL refuses every further statement of the transaction.
        session.rollback()
        log.exception("figures are left out", count=count.func.__qualname__)
        return {}
