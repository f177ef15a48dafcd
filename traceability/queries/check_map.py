"""Occasions by day, and the places people named: what a map of some stamps' checks shows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, SelectBase, func, select, union_all
from sqlalchemy.orm import Session

from core.clock import day_of
from traceability.models import StampAlarm, StampAlarmRing, StampCheck, StampClaim, StampReport

MOST_PLACES = 20_000  # The latest: a month of the busiest area, and a bound for the page.

Ids = SelectBase | Collection[int]  # As a statement, or themselves.


@dataclass(frozen=True)
class MappedStamps:
    """Whose stamps a map is of: an area's or one's own; with `lots`, those of these lots alone."""

    enterprises: Ids
    lots: Ids | None = None

    def rows_of(
        self, table: type[StampAlarm | StampCheck | StampClaim | StampReport]
    ) -> list[ColumnElement[bool]]:
        """The conditions: by the enterprise first, as the indexes are."""
        of_enterprises = table.enterprise_id.in_(self.enterprises)
        return (
            [of_enterprises] if self.lots is None else [of_enterprises, table.lot_id.in_(self.lots)]
        )


def check_days(session: Session, mapped: MappedStamps, *, since: date) -> dict[date, int]:
    """Occasions that began at these stamps, on each day that had one.

    A lượt of the pages: a market's thirty phones behind one address are one, as on a stamp's own.
    """
    found = session.execute(
        select(StampCheck.day, func.count())
        .where(*mapped.rows_of(StampCheck), StampCheck.day >= since)
        .where(StampCheck.at == StampCheck.occasion_at)  # As the index says.
        .group_by(StampCheck.day)
    )
    return {day: count for day, count in found}  # noqa: C416  # A Row is no pair to mypy.


def named_places(
    session: Session, mapped: MappedStamps, *, since: datetime
) -> list[tuple[str, date]]:
    """Commune and day of each place that buyers named: with a purchase, or with a report."""
    claimed = (
        select(StampClaim.claimed_at.label("at"), StampClaim.commune_code.label("commune"))
        .where(*mapped.rows_of(StampClaim), StampClaim.claimed_at >= since)
        .where(StampClaim.commune_code.is_not(None))
    )
    reported = (
        select(StampReport.reported_at.label("at"), StampReport.commune_code.label("commune"))
        .where(*mapped.rows_of(StampReport), StampReport.reported_at >= since)
        .where(StampReport.commune_code.is_not(None))
    )
    named = union_all(claimed, reported).subquery()
    latest = select(named.c.commune, named.c.at).order_by(named.c.at.desc()).limit(MOST_PLACES)
    return [(commune, day_of(at)) for commune, at in session.execute(latest)]


def alarm_days(session: Session, mapped: MappedStamps, *, since: datetime) -> dict[date, int]:
    """How many alarms about these stamps rang on each day that had one.

    One that was answered and rang again counts on both days.
    """
    rung = session.scalars(
        select(StampAlarmRing.rung_at)
        .join(StampAlarm, StampAlarm.id == StampAlarmRing.alarm_id)
        # The last ring is no earlier than any other: what the index finds.
        .where(*mapped.rows_of(StampAlarm), StampAlarm.raised_at >= since)
        .where(StampAlarmRing.rung_at >= since)
    )
    days: dict[date, int] = {}
    for at in rung:
        days[day_of(at)] = days.get(day_of(at), 0) + 1
    return days
