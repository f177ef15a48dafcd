"""Cases of suspected fakes as the maker of the goods works on them."""

from functools import partial

from apiflask import APIBlueprint
from flask import Response
from sqlalchemy.orm import Session

from accounts.rules import Act
from accounts.web import enterprise_id, may, own, requires
from core.work import reading
from traceability import queries
from traceability.models import StampCase
from traceability.routes.case_pages import CasePages
from traceability.rules import Side
from traceability.rules.entries import MAKER
from traceability.service import Judge

bp = APIBlueprint("manage_cases", __name__, enable_openapi=False, url_prefix="/manage")


def _own(session: Session, public_id: str) -> StampCase:
    return own(queries.case_of(session, public_id))


def _judge(_session: Session, _case: StampCase) -> Judge:
    return Judge(Side.MAKER, MAKER)


PAGES = CasePages(
    side=Side.MAKER,
    blueprint=bp.name,
    layout="traceability/cases/manage_base.html",
    photos_at="/manage/report-photos/",
    find=_own,
    judge=_judge,
)


@bp.get("/cases")
@requires(Act.READ_REPORTS)
def listed() -> Response:
    """Cases about the enterprise's stamps."""
    return PAGES.listed(partial(queries.cases_to, enterprise_id=enterprise_id()))


@bp.get("/cases/<public_id:public_id>")
@requires(Act.READ_REPORTS)
def shown(public_id: str) -> Response:
    """One case."""
    return PAGES.shown(public_id, may=_may())


@bp.post("/reports/<public_id:public_id>/case")
@requires(Act.ANSWER_REPORTS)
def begin(public_id: str) -> Response:
    """Make a report a case."""
    with reading() as session:
        report = own(queries.report_of(session, public_id))
    return PAGES.opened(report.id)


@bp.post("/cases/<public_id:public_id>/take")
@requires(Act.ANSWER_REPORTS)
def take(public_id: str) -> Response:
    """Begin to look into a case."""
    return PAGES.taken(public_id)


@bp.post("/cases/<public_id:public_id>/notes")
@requires(Act.ANSWER_REPORTS)
def note(public_id: str) -> Response:
    """Add a note for one's own people."""
    return PAGES.noted(public_id, may=_may())


@bp.get("/cases/<public_id:public_id>/conclusion")
@requires(Act.JUDGE_CASES)
def ask_conclusion(public_id: str) -> Response:
    """Ask how a case ends."""
    return PAGES.ask_conclusion(public_id)


@bp.post("/cases/<public_id:public_id>/conclusion")
@requires(Act.JUDGE_CASES)
def conclude(public_id: str) -> Response:
    """End a case."""
    return PAGES.concluded(public_id)


@bp.get("/cases/<public_id:public_id>/paper")
@requires(Act.READ_REPORTS)
def paper(public_id: str) -> Response:
    """A case as PDF, for market surveillance or a platform."""
    return PAGES.paper(public_id)


@bp.get("/cases/<public_id:public_id>/lift")
@requires(Act.JUDGE_CASES)
def ask_lift(public_id: str) -> Response:
    """Ask why a conclusion is taken back."""
    return PAGES.ask_lift(public_id)


@bp.post("/cases/<public_id:public_id>/lift")
@requires(Act.JUDGE_CASES)
def lift(public_id: str) -> Response:
    """Take a conclusion back."""
    return PAGES.lifted(public_id)


def _may() -> dict[str, bool]:
    return {"work": may(Act.ANSWER_REPORTS), "judge": may(Act.JUDGE_CASES)}
