"""Occasions by day, and the places people named: what a map of some stamps' checks shows."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import SelectBase, func, select, union_all
from sqlalchemy.orm import Session

from core.clock import day_of
from traceability.models import (
    Stamp,
    StampAlarm,
    StampBatch,
    StampCheck,
    StampClaim,
    StampReport,
)

MOST_PLACES = 20_000  # The latest: a month of the busiest area, and a bound for the page.

Enterprises = SelectBase | Collection[int]  # Of an area as a statement, or by their ids.


def check_days(session: Session, enterprises: Enterprises, *, since: date) -> dict[date, int]:
    """Occasions that began at these enterprises' stamps, on each day that had one.

    A lượt of the pages: a market's thirty phones behind one address are one, as on a stamp's own.
    """
    found = session.execute(
        select(StampCheck.day, func.count())
        .join(Stamp, Stamp.serial == StampCheck.serial)
        .join(StampBatch, StampBatch.id == Stamp.batch_id)
        .where(StampBatch.enterprise_id.in_(enterprises), StampCheck.day >= since)
        .where(StampCheck.at == StampCheck.occasion_at)
        .group_by(StampCheck.day)
    )
    return {day: count for day, count in found}  # noqa: C416  # A Row is no pair to mypy.


def named_places(session: Session, enterprises: Enterprises, *, since: datetime) -> list[str]:
    """The commune of each place that buyers named: with a purchase, or with a report."""
    claimed = (
        select(StampClaim.claimed_at.label("at"), StampClaim.commune_code.label("commune"))
        .join(Stamp, Stamp.serial == StampClaim.serial)
        .join(StampBatch, StampBatch.id == Stamp.batch_id)
        .where(StampBatch.enterprise_id.in_(enterprises), StampClaim.claimed_at >= since)
        .where(StampClaim.commune_code.is_not(None))
    )
    reported = (
        select(StampReport.reported_at.label("at"), StampReport.commune_code.label("commune"))
        .where(StampReport.enterprise_id.in_(enterprises), StampReport.reported_at >= since)
        .where(StampReport.commune_code.is_not(None))
    )
    named = union_all(claimed, reported).subquery()
    latest = select(named.c.commune).order_by(named.c.at.desc()).limit(MOST_PLACES)
    return list(session.scalars(latest))


def alarm_days(session: Session, enterprises: Enterprises, *, since: datetime) -> dict[date, int]:
    """How many alarms about these enterprises' stamps rang on each day that had one."""
    rung = session.scalars(
        select(StampAlarm.raised_at).where(
            StampAlarm.enterprise_id.in_(enterprises), StampAlarm.raised_at >= since
        )
    )
    days: dict[date, int] = {}
    for at in rung:
        days[day_of(at)] = days.get(day_of(at), 0) + 1
    return days
