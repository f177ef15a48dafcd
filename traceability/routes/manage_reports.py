"""“Có gì không ổn?” as the maker reads it."""

from apiflask import APIBlueprint
from flask import Response, url_for

from accounts.rules import Act
from accounts.web import allow, enterprise_id, may, own, requires, writing
from core import clock, display
from core.errors import NotFound
from core.pages import page
from core.photos.serving import SHOWN_WIDTH, private_answer
from core.redirects import see_other
from core.work import reading
from traceability import queries, service
from traceability.models import StampReport

bp = APIBlueprint("manage_reports", __name__, enable_openapi=False)


@bp.get("/manage/reports")
@requires(Act.READ_REPORTS)
def reports() -> Response:
    """What people said about the enterprise's goods, the latest first."""
    with reading() as session:
        found = queries.reports_to(session, enterprise_id=enterprise_id())
    return page("traceability/manage/reports.html", reports=found, now=clock.now(), display=display)


@bp.get("/manage/reports/<public_id:public_id>")
@requires(Act.READ_REPORTS)
def report(public_id: str) -> Response:
    """One report with its words and, until the office closes it, the contact."""
    found = _own(public_id)
    with reading() as session:
        pictures = queries.report_pictures(session, found.id)
        case = queries.open_or_own_case(session, found)
    return page(
        "traceability/manage/report.html",
        report=found,
        case=case,
        pictures=pictures,
        photos_at="/manage/report-photos/",
        may_answer=may(Act.ANSWER_REPORTS),
        now=clock.now(),
        display=display,
    )


@bp.post("/manage/reports/<public_id:public_id>")
@requires(Act.ANSWER_REPORTS)
def see(public_id: str) -> Response:
    """Mark it as read by the maker; closing it is the office's."""
    found = _own(public_id)
    with writing() as work:
        service.see_report(work, report_id=found.id)
    return see_other(url_for("manage_reports.report", public_id=public_id))


@bp.get("/manage/report-photos/<public_id:public_id>")
@requires(Act.READ_REPORTS)
def photo(public_id: str) -> Response:
    """A photo that came with a report about the enterprise's goods."""
    with reading() as session:
        found = queries.report_photo(session, public_id)
    if found is None:
        raise NotFound("no such photo")
    picture, about = found
    allow(about)
    return private_answer(picture, width=SHOWN_WIDTH, filename=f"bao-tin-{about.public_id}")


def _own(public_id: str) -> StampReport:
    with reading() as session:
        return own(queries.report_of(session, public_id))
