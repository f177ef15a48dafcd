"""Alarms as the maker reads them: whose goods bear a stamp that is checked so often?"""

from apiflask import APIBlueprint
from flask import Response, request, url_for

from accounts.rules import Act
from accounts.web import answer_once, enterprise_id, may, own, requires
from catalog import queries as catalog
from core import clock, display
from core.forms import Refused, read
from core.pages import page
from core.work import Work, reading
from traceability import queries, service
from traceability.forms import AlarmForm
from traceability.models import StampAlarm

bp = APIBlueprint("manage_alarms", __name__, enable_openapi=False)


@bp.get("/manage/alarms")
@requires(Act.READ_REPORTS)
def alarms() -> Response:
    """Those that wait for an answer first."""
    with reading() as session:
        found = queries.alarms_of(session, enterprise_id=enterprise_id())
        lots = catalog.stampable_lots_by_id(session, {line.alarm.lot_id for line in found})
        bursts = queries.bursts_of(session, enterprise_id=enterprise_id())
        cards = queries.batches_by_id(session, {one.batch_id for one in bursts}) if bursts else {}
    return page(
        "traceability/manage/alarms.html",
        lines=found,
        lots=lots,
        bursts=bursts,
        batches=cards,
        may_answer=may(Act.ANSWER_REPORTS),
        now=clock.now(),
        display=display,
    )


@bp.get("/manage/alarms/<public_id:public_id>")
@requires(Act.READ_REPORTS)
def alarm(public_id: str) -> Response:
    """One alarm: the days on which the stamp was checked, and the maker's answer."""
    return _page(_own(public_id), status=200)


@bp.post("/manage/alarms/<public_id:public_id>")
@requires(Act.ANSWER_REPORTS)
def answer(public_id: str) -> Response:
    """Keep whose goods they are; the first answer stands. "Not ours" leads to a case."""
    found = _own(public_id)
    form = read(AlarmForm, request.form)
    if isinstance(form, Refused):
        return _page(found, status=422)

    def effect(work: Work) -> str:
        case = service.answer_alarm(work, alarm_id=found.id, answer=form.answer)
        if case is not None:
            return url_for("manage_cases.shown", public_id=case.public_id)
        return url_for("manage_alarms.alarm", public_id=public_id)

    return answer_once(effect)


def _page(found: StampAlarm, *, status: int) -> Response:
    with reading() as session:
        line = queries.alarm_line(session, found)
        days = queries.occasions_by_day(session, found.serial)
        lot = catalog.stampable_lots_by_id(session, {found.lot_id})[found.lot_id]
        is_denied = found.answer == service.NOT_OURS
        case = queries.last_case_of(session, line.serial_text) if is_denied else None
    return page(
        "traceability/manage/alarm.html",
        status=status,
        line=line,
        case=case,
        days=days,
        lot=lot,
        may_answer=may(Act.ANSWER_REPORTS),
        now=clock.now(),
        display=display,
    )


def _own(public_id: str) -> StampAlarm:
    with reading() as session:
        return own(queries.alarm_of(session, public_id))
