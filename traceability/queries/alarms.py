"""Alarms about stamps that may have been copied, and the checks they rest on."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from core.clock import day_of
from traceability import rules
from traceability.models import StampAlarm, StampBurst, StampCheck, StampReport, StampTally
from traceability.queries.recent import IN_BURST

MOST_SHOWN = 50


@dataclass(frozen=True)
class AlarmLine:
    """An alarm with what is recorded of its stamp's checks by now."""

    alarm: StampAlarm
    occasions: int
    first_at: datetime
    last_at: datetime

    @property
    def days(self) -> int:
        """From the day of the first check to that of the last, both counted."""
        return (day_of(self.last_at) - day_of(self.first_at)).days + 1

    @property
    def serial_text(self) -> str:
        """The stamp's number as it is printed."""
        return rules.serial_text(self.alarm.serial)


@dataclass(frozen=True)
class Happened:
    """What came to a stamp since a moment."""

    occasions: int
    set_aside: int  # Of these occasions, in bursts: no alarm heeds them.
    has_report: bool


def alarm_of(session: Session, public_id: str) -> StampAlarm | None:
    """The alarm the outside knows by this id."""
    return session.scalars(
        select(StampAlarm).where(StampAlarm.public_id == public_id)
    ).one_or_none()


def alarms_of(session: Session, *, enterprise_id: int) -> list[AlarmLine]:
    """An enterprise's alarms: those that wait for an answer first, then the latest."""
    found = session.execute(
        select(StampAlarm, StampTally.occasions, StampTally.first_at, StampTally.last_at)
        .join(StampTally, StampTally.serial == StampAlarm.serial)
        .where(StampAlarm.enterprise_id == enterprise_id)
        .order_by(StampAlarm.answer.is_not(None), StampAlarm.raised_at.desc(), StampAlarm.id.desc())
        .limit(MOST_SHOWN)
    )
    return [AlarmLine(*row) for row in found]


def alarm_line(session: Session, alarm: StampAlarm) -> AlarmLine:
    """One alarm with its stamp's checks."""
    tally = session.get_one(StampTally, alarm.serial)
    return AlarmLine(alarm, tally.occasions, tally.first_at, tally.last_at)


def occasions_by_day(session: Session, serial: int) -> list[tuple[date, int]]:
    """How many occasions began on each day that had one, in order."""
    # Its first check begins an occasion, which may last beyond midnight.
    days = session.execute(
        select(StampCheck.day, func.count())
        .where(StampCheck.serial == serial, StampCheck.at == StampCheck.occasion_at)
        .group_by(StampCheck.day)
        .order_by(StampCheck.day)
    )
    return [(day, count) for day, count in days]


def happened_since(session: Session, serial: int, at: datetime) -> Happened:
    """How many of a stamp's occasions began after a moment, and whether it was reported."""
    reported = exists().where(
        StampReport.serial_text == rules.serial_text(serial), StampReport.reported_at > at
    )
    begun, set_aside, has_report = session.execute(
        select(func.count(), func.count().filter(IN_BURST), reported)
        .select_from(StampCheck)
        .outerjoin(StampBurst, StampBurst.id == StampCheck.burst_id)
        .where(StampCheck.serial == serial, StampCheck.at > at)
        .where(StampCheck.at == StampCheck.occasion_at)
    ).one()
    return Happened(begun, set_aside, bool(has_report))
