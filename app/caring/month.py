"""An area's month: counted now, or as it was kept when it was over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from accounts import queries
from accounts.models import AreaMonth
from accounts.rules import Office, Role
from app.caring.month_lines import Counted, Line, parts_of
from app.slots import MONTH_FIGURES
from core import audit, clock, figures
from core.database import insert_new
from core.figures import Area, Span, month_of
from core.work import WORKER, reading, transaction

FIRST_MONTH = date(2026, 1, 1)  # Nothing of ours is older.
MONTHS_SHOWN = 12
AREAS_AT_ONCE = 20  # All communes in one go would keep events and search waiting.


@dataclass(frozen=True)
class Report:
    """What the report says, and when it was counted."""

    span: Span
    parts: Sequence[tuple[str, Sequence[Line]]]
    counted_at: datetime
    is_kept: bool  # Counted when the month was over; nothing changes it since.
    alone: Sequence[tuple[date, int, int]]  # By month: its acts, and those done without a helper.


def report_of(session: Session, area: Area, span: Span, *, now: datetime) -> Report:
    """The report of a month. As many statements for any area."""
    kept = queries.kept_months(session, area.code, [span.first_on, span.before.first_on])
    this, before = kept.get(span.first_on), kept.get(span.before.first_on)
    so_far = Span(span.first_on.replace(month=1), span.last_on)
    counted = Counted(
        this.figures if this else _count(session, area, span),
        before.figures if before else _count(session, area, span.before),
        _count(session, area, so_far),
    )
    targets = queries.targets_of(session, area.code, span.first_on.year)
    since = _months_ago(span.first_on, MONTHS_SHOWN - 1)
    alone = audit.months_of_many(session, enterprise_ids=area.enterprise_ids, since=since)
    return Report(
        span,
        parts_of(counted, targets),
        this.counted_at if this else now,
        is_kept=this is not None,
        alone=[
            (first, acts, acts - helped) for first, acts, helped in alone if first <= span.first_on
        ],
    )


def asked_month(text: str, *, today: date) -> Span:
    """The month "2026-10" names; the present one where it names none that can be counted."""
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return month_of(today)
    return month_of(asked) if FIRST_MONTH <= asked <= today else month_of(today)


def keep_last_month() -> None:
    """Keep last month's figures of the country and of each area an officer holds, once.

    A few at a time: the timetable comes back for the others. A month with a gap is not kept, and
    one that is not over was kept while the clock was wrong: it is counted anew when it is.
    """
    now = clock.now()
    this = month_of(clock.day_of(now))
    span = this.before
    with transaction(by=WORKER) as work:
        work.session.execute(delete(AreaMonth).where(AreaMonth.first_on >= this.first_on))
    with reading() as session:
        held = queries.held_offices(session, today=clock.day_of(now))
        known = queries.areas_kept(session, span.first_on)
    offices = [Office(0, Role.OFFICER, one.province_code, one.commune_code) for one in held]
    areas = [queries.area_of(one) for one in (Office(0, Role.OPERATOR), *offices)]
    wanted = {area.code: area for area in areas}
    for code in sorted(set(wanted) - known)[:AREAS_AT_ONCE]:
        with reading() as session:
            counted = figures.whole_month(MONTH_FIGURES, session, wanted[code], span)
        row = {"area": code, "first_on": span.first_on, "figures": counted, "counted_at": now}
        with transaction(by=WORKER) as work:
            insert_new(work.session, AreaMonth, row)


def _count(session: Session, area: Area, span: Span) -> dict[str, int]:
    return figures.of_month(MONTH_FIGURES, session, area, span)


def _months_ago(first: date, count: int) -> date:
    for _ in range(count):
        first = (first - timedelta(days=1)).replace(day=1)
    return first
