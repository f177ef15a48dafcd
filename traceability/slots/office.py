"""On the officers' home: what buyers reported, and who asked for more stamps than declared."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from accounts import queries as accounts
from accounts.rules import Office
from catalog import queries as catalog
from core import clock, display
from core.audit import refusals_of
from core.slots import Panel
from traceability import queries
from traceability.models import StampReport
from traceability.service import ISSUING

SHOWN_FOR = timedelta(days=90)  # A report nobody handled in a season is for the figures.
SHOWN_AT_ONCE = 20

Panels = Mapping[int, Sequence[Panel]]


def reports_of_area(session: Session, office_ids: Sequence[int]) -> Panels:
    """`office.queue`: the latest reports about the area's stamps, whoever has seen them."""
    panels = {}
    for office in accounts.offices_by_id(session, office_ids).values():
        found = _reports(session, office)
        if found:
            shown = {"reports": found, "now": clock.now(), "display": display}
            panels[office.id] = [Panel("traceability/slots/office_reports.html", shown, rank=1)]
    return panels


def refused_orders_of_area(session: Session, office_ids: Sequence[int]) -> Panels:
    """`office.queue`: who asked for more stamps than a lot may bear."""
    panels = {}
    for office in accounts.offices_by_id(session, office_ids).values():
        entries = refusals_of(
            session,
            act=ISSUING,
            enterprise_ids=accounts.enterprise_ids_in(office),
            since=clock.today() - SHOWN_FOR,
            limit=SHOWN_AT_ONCE,
        )
        lots = catalog.stampable_lots_by_id(session, {entry.object_id for entry in entries})
        makers = accounts.makers(
            session, {entry.enterprise_id for entry in entries if entry.enterprise_id}
        )
        known = [
            (entry, lots[entry.object_id], makers[entry.enterprise_id])
            for entry in entries
            if entry.object_id in lots and entry.enterprise_id in makers
        ]
        if known:
            shown = {"entries": known, "now": clock.now(), "display": display}
            panels[office.id] = [Panel("traceability/slots/office_refused.html", shown, rank=2)]
    return panels


def _reports(session: Session, office: Office) -> list[StampReport]:
    since = clock.now() - SHOWN_FOR
    area = accounts.enterprise_ids_in(office)
    found = queries.reports_in(session, area, since=since, limit=SHOWN_AT_ONCE)
    if office.province_code is None:
        found += queries.reports_of_unknown_stamps(session, since=since, limit=SHOWN_AT_ONCE)
        found.sort(key=lambda report: report.reported_at, reverse=True)
    return found[:SHOWN_AT_ONCE]
