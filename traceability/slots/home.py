"""`manage.figures`: a maker's stamps and their checks, as pictures on its home."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from core import clock, display
from core.slots import Panel
from traceability import queries
from traceability.rules import by_week, first_day_of

WEEKS = 8  # Two months: enough to see a season begin, few enough for a phone's width.
_CHECKS_RANK, _STAMPS_RANK = 10, 20

Panels = Mapping[int, Sequence[Panel]]


def checks_by_week(session: Session, enterprise_ids: Sequence[int]) -> Panels:
    """Checks in each of the last weeks; nothing for who had none. One statement."""
    today = clock.today()
    since = first_day_of(weeks=WEEKS, today=today)
    panels: dict[int, list[Panel]] = {}
    for id_, counted in queries.checks_by_day(session, enterprise_ids, since=since).items():
        weeks = by_week(counted, weeks=WEEKS, today=today)
        shown = {"weeks": weeks, "total": sum(week.count for week in weeks), "display": display}
        panels[id_] = [Panel("traceability/slots/figures_checks.html", shown, rank=_CHECKS_RANK)]
    return panels


def stamps_printed_and_active(session: Session, enterprise_ids: Sequence[int]) -> Panels:
    """Stamps that wait for being stuck on, and those on goods. One statement."""
    panels: dict[int, list[Panel]] = {}
    for id_, counted in queries.stamps_by_state(session, enterprise_ids).items():
        printed, active = counted.get("printed", 0), counted.get("active", 0)
        shown = {"printed": printed, "active": active, "display": display}
        if printed or active:
            panels[id_] = [
                Panel("traceability/slots/figures_stamps.html", shown, rank=_STAMPS_RANK)
            ]
    return panels
