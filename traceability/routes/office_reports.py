"""“Có gì không ổn?” as the officer of the area reads it."""

from apiflask import APIBlueprint
from flask import Response, request, url_for
from sqlalchemy.orm import Session

from accounts import queries as accounts
from accounts.rules import Act, Ground
from accounts.web import acting, allow, requires, signed_in
from core import clock, display
from core.errors import NotFound
from core.pages import page
from core.photos.serving import SHOWN_WIDTH, private_answer
from core.redirects import see_other
from core.work import reading, transaction
from traceability import queries, rules, service
from traceability.models import StampReport
from traceability.queries import ReportedStamp

bp = APIBlueprint("office_reports", __name__, enable_openapi=False)

NOWHERE = Ground(0, None, None)  # A number never issued is nobody's: the whole country's.


A_PAGE = 20
LAST_PAGE = 10_000  # Beyond any list; a greater number would not fit the database.


@bp.get("/office/reports")
@requires(Act.HANDLE_REPORTS)
def listed() -> Response:
    """Stamps with open reports, what waits longest first; `?stamp=`: those about one stamp.

    `?state=closed`: what was closed, the latest first. Pages have a link to the next, no count.
    """
    offices = signed_in().offices
    at = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    window = {"limit": A_PAGE + 1, "after": (at - 1) * A_PAGE}
    is_closed = request.args.get("state") == "closed"
    asked_stamp = request.args.get("stamp", "")
    stamp = rules.serial_text(rules.parse_serial(asked_stamp)) if asked_stamp else ""
    stamps: list[ReportedStamp] = []
    reports: list[StampReport] = []
    with reading() as session:
        if is_closed:
            reports = queries.closed_reports(session, offices, **window)
        elif stamp:
            reports = queries.reports_of_stamp(session, offices, stamp, **window)
        else:
            stamps = queries.reported_stamps(session, offices, **window)
    asked = {"state": "closed"} if is_closed else {"stamp": stamp or None}
    has_more = len(stamps) + len(reports) > A_PAGE
    return page(
        "traceability/office/reports.html",
        stamps=stamps[:A_PAGE],
        reports=reports[:A_PAGE],
        stamp=stamp,
        is_closed=is_closed,
        next_url=url_for("office_reports.listed", **asked, page=at + 1) if has_more else "",
        now=clock.now(),
        display=display,
    )


@bp.get("/office/reports/<public_id:public_id>")
@requires(Act.HANDLE_REPORTS)
def report(public_id: str) -> Response:
    """One report with its words, whose goods it is about and, until it is closed, the contact."""
    with reading() as session:
        found = covered_report(session, public_id)
        maker = (
            accounts.makers(session, [found.enterprise_id])[found.enterprise_id]
            if found.enterprise_id
            else None
        )
        pictures = queries.report_pictures(session, found.id)
        case = queries.open_or_own_case(session, found)
    return page(
        "traceability/office/report.html",
        report=found,
        case=case,
        pictures=pictures,
        photos_at="/office/report-photos/",
        maker=maker,
        now=clock.now(),
        display=display,
    )


@bp.post("/office/reports/<public_id:public_id>")
@requires(Act.HANDLE_REPORTS)
def handle(public_id: str) -> Response:
    """Mark it as seen, or close it: then the contact is erased."""
    with reading() as session:
        found = covered_report(session, public_id)
    with transaction(by=acting()) as work:
        service.handle_report(
            work, report_id=found.id, closes=request.form.get("state") == "closed"
        )
    return see_other(url_for("office_reports.report", public_id=public_id))


@bp.get("/office/report-photos/<public_id:public_id>")
@requires(Act.HANDLE_REPORTS)
def photo(public_id: str) -> Response:
    """A photo that came with a report of the officer's area."""
    with reading() as session:
        found = queries.report_photo(session, public_id)
        if found is None:
            raise NotFound("no such photo")
        report = covered_report(session, found[1].public_id)
    return private_answer(found[0], width=SHOWN_WIDTH, filename=f"bao-tin-{report.public_id}")


def covered_report(session: Session, public_id: str) -> StampReport:
    """The report, where it is of the officer's area. Raises: NotFound."""
    found = queries.report_of(session, public_id)
    if found is None:
        raise NotFound("no such report")
    allow(accounts.ground(session, found.enterprise_id) if found.enterprise_id else NOWHERE)
    return found
