"""Cases of suspected fakes as the officer of the area works on them."""

from functools import partial

from apiflask import APIBlueprint
from flask import Response
from sqlalchemy.orm import Session

from accounts import queries as accounts
from accounts.rules import Act, Ground, Role
from accounts.web import allow, requires, signed_in
from core.errors import NotFound
from core.work import reading
from traceability import queries
from traceability.models import StampCase
from traceability.routes.case_pages import CasePages
from traceability.routes.office_reports import NOWHERE, covered_report
from traceability.rules import Side
from traceability.rules.entries import OPERATOR, officer_of
from traceability.service import Judge

bp = APIBlueprint("office_cases", __name__, enable_openapi=False, url_prefix="/office")
MAY = {"work": True, "judge": True}  # Whoever comes here has the one act for all of it.


def _covered(session: Session, public_id: str) -> StampCase:
    """The case, where it is of the officer's area and of no enterprise of theirs."""
    found = queries.case_of(session, public_id)
    if found is None:
        raise NotFound("no such case")
    allow(_ground(session, found))
    return found


def _ground(session: Session, case: StampCase) -> Ground:
    return accounts.ground(session, case.enterprise_id) if case.enterprise_id else NOWHERE


def _judge(session: Session, case: StampCase) -> Judge:
    office = signed_in().office_for(_ground(session, case))
    if office.role is Role.OPERATOR:
        return Judge(Side.OFFICE, OPERATOR)
    return Judge(Side.OFFICE, officer_of(office.province_code, office.commune_code))


PAGES = CasePages(
    side=Side.OFFICE,
    blueprint=bp.name,
    layout="traceability/cases/office_base.html",
    photos_at="/office/report-photos/",
    find=_covered,
    judge=_judge,
)


@bp.get("/cases")
@requires(Act.HANDLE_REPORTS)
def listed() -> Response:
    """Cases of the officer's areas."""
    return PAGES.listed(partial(queries.cases_within, offices=signed_in().offices))


@bp.get("/cases/<public_id:public_id>")
@requires(Act.HANDLE_REPORTS)
def shown(public_id: str) -> Response:
    """One case."""
    return PAGES.shown(public_id, may=MAY)


@bp.post("/reports/<public_id:public_id>/case")
@requires(Act.HANDLE_REPORTS)
def begin(public_id: str) -> Response:
    """Make a report a case."""
    with reading() as session:
        report = covered_report(session, public_id)
    return PAGES.opened(report.id)


@bp.post("/cases/<public_id:public_id>/take")
@requires(Act.HANDLE_REPORTS)
def take(public_id: str) -> Response:
    """Begin to look into a case."""
    return PAGES.taken(public_id)


@bp.post("/cases/<public_id:public_id>/notes")
@requires(Act.HANDLE_REPORTS)
def note(public_id: str) -> Response:
    """Add a note for officers."""
    return PAGES.noted(public_id, may=MAY)


@bp.get("/cases/<public_id:public_id>/conclusion")
@requires(Act.HANDLE_REPORTS)
def ask_conclusion(public_id: str) -> Response:
    """Ask how a case ends."""
    return PAGES.ask_conclusion(public_id)


@bp.post("/cases/<public_id:public_id>/conclusion")
@requires(Act.HANDLE_REPORTS)
def conclude(public_id: str) -> Response:
    """End a case."""
    return PAGES.concluded(public_id)


@bp.get("/cases/<public_id:public_id>/paper")
@requires(Act.HANDLE_REPORTS)
def paper(public_id: str) -> Response:
    """A case as PDF, for market surveillance or a platform."""
    return PAGES.paper(public_id)


@bp.get("/cases/<public_id:public_id>/lift")
@requires(Act.HANDLE_REPORTS)
def ask_lift(public_id: str) -> Response:
    """Ask why a conclusion is taken back."""
    return PAGES.ask_lift(public_id)


@bp.post("/cases/<public_id:public_id>/lift")
@requires(Act.HANDLE_REPORTS)
def lift(public_id: str) -> Response:
    """Take a conclusion back."""
    return PAGES.lifted(public_id)
