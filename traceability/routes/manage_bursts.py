"""Bursts as the maker answers them: was it we, or a shop of ours?"""

from apiflask import APIBlueprint
from flask import Response, request, url_for

from accounts.rules import Act
from accounts.web import answer_once, own, requires
from core.forms import Refused, read
from core.redirects import see_other
from core.work import Work, reading
from traceability import queries, service
from traceability.forms import AlarmForm

bp = APIBlueprint("manage_bursts", __name__, enable_openapi=False)


@bp.post("/manage/bursts/<public_id:public_id>")
@requires(Act.ANSWER_REPORTS)
def answer(public_id: str) -> Response:
    """Keep who it was; the first answer stands. "Not ours" leads to a case."""
    with reading() as session:
        found = own(queries.burst_of(session, public_id))
    form = read(AlarmForm, request.form)
    if isinstance(form, Refused):  # Its two buttons say nothing else.
        return see_other(url_for("manage_alarms.alarms"))

    def effect(work: Work) -> str:
        case_id = service.answer_burst(work, burst=found, answer=form.answer)
        if case_id is not None:
            return url_for("manage_cases.shown", public_id=case_id)
        return url_for("manage_alarms.alarms") + "#bursts"

    return answer_once(effect)
