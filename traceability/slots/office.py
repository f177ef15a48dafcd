"""On the officers' home: what buyers reported, and who asked for more stamps than declared."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from accounts import queries as accounts
from catalog import queries as catalog
from core import clock, display
from core.audit import refusals_of
from core.slots import Panel
from traceability import queries
from traceability.service import BINDING, ISSUING

SHOWN_FOR = timedelta(days=90)  # What was refused longer ago is for the figures.
STAMPS_SHOWN = 5
SHOWN_AT_ONCE = 20

Panels = Mapping[int, Sequence[Panel]]


def reports_of_area(session: Session, office_ids: Sequence[int]) -> Panels:
    """`office.queue`: the stamps of the area with open reports, what waits longest first."""
    panels = {}
    for office in accounts.offices_by_id(session, office_ids, today=clock.today()).values():
        found = queries.reported_stamps(session, [office], limit=STAMPS_SHOWN)
        if found:
            count = queries.reported_stamp_count(session, [office])
            shown = {"stamps": found, "count": count, "now": clock.now(), "display": display}
            panels[office.id] = [Panel("traceability/slots/office_reports.html", shown, rank=1)]
    return panels


def refused_orders_of_area(session: Session, office_ids: Sequence[int]) -> Panels:
    """`office.queue`: who asked for more stamps than a lot may bear, of new ones or of a roll."""
    panels = {}
    for office in accounts.offices_by_id(session, office_ids, today=clock.today()).values():
        entries = refusals_of(
            session,
            acts=(ISSUING, BINDING),
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
