"""One's own protected names on /manage: who wants to use them, and what one says to it."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import queries, service
from accounts.office_forms import NameAnswerForm
from accounts.rules import Act
from accounts.web import answer_once, enterprise_id, own, requires
from core import clock, display
from core.forms import Drawn, Refused, blank, read
from core.language import current_language
from core.named import named_objects
from core.pages import page
from core.work import Work, reading

bp = APIBlueprint("manage_names", __name__, enable_openapi=False)


@bp.get("/manage/names")
@requires(Act.EDIT_ENTERPRISE)
def listed() -> Response:
    """Everything that waits for the owner's word."""
    return _draw(blank(), 200)


@bp.post("/manage/name-cases/<public_id:public_id>")
@requires(Act.EDIT_ENTERPRISE)
def answer(public_id: str) -> Response:
    """Object with a reason, or allow it; an officer decides."""
    with reading() as session:
        case = own(queries.name_case(session, public_id))
    form = read(NameAnswerForm, request.form)
    if isinstance(form, Refused):
        return _draw(form, 422, refused_at=public_id)

    def effect(work: Work) -> str:
        service.answer_name_case(
            work,
            case_id=case.id,
            answer=form.answer,
            reason=form.reason,
            raising=named_objects(),
        )
        return "/manage/names"

    return answer_once(effect)


def _draw(form: Drawn, status: int, *, refused_at: str = "") -> Response:
    language = current_language()
    with reading() as session:
        cases = queries.cases_of_owner(session, enterprise_id())
    return page(
        "accounts/manage/names.html",
        status=status,
        cases=[(one, display.recent(one.opened_at, clock.now(), language)) for one in cases],
        form=form,
        refused_at=refused_at,
    )
