"""“Có gì không ổn?”: anybody may say what they saw, and gets a number to ask about it."""

from apiflask import APIBlueprint
from flask import Response, redirect, request, url_for

from core.errors import sentence
from core.forms import Refused, read
from core.guard import anonymous_form
from core.limits import Limit, TooManyTries, misses, network_of
from core.pages import page
from core.work import VISITOR, transaction
from traceability import rules, service
from traceability.forms import ReportForm

bp = APIBlueprint("report", __name__, enable_openapi=False)
REPORTS = Limit("report", ("10/minute", "60/hour"))  # A market day behind one address.
# About one stamp: a buyer, the shop and a second thought; more would only bury the others.
REPORTS_OF_STAMP = Limit("report of stamp", ("3/hour", "6/day"))


class AlreadyReported(TooManyTries):
    """The network said enough about this stamp for now."""

    sentence = sentence(
        "Chúng tôi đã nhận vài lời báo về tem này từ mạng của bạn và sẽ đọc hết. Muốn báo thêm, "
        "xin đợi %(minutes)s phút."
    )


@bp.post("/s/<text>/report")
@anonymous_form
def send(text: str) -> Response:
    """Store a report about a stamp and show its number."""
    serial = rules.parse_serial(text)
    key = network_of(request.remote_addr)
    misses().refuse(REPORTS, key)
    form = read(ReportForm, request.form)
    if isinstance(form, Refused):
        # A page of its own: drawing the stamp's again would be a check of it.
        serial_text = rules.serial_text(serial)
        return page("traceability/report_again.html", status=422, form=form, serial=serial_text)
    misses().take(REPORTS, key)
    _count_about(serial, key)
    with transaction(by=VISITOR) as work:
        row = service.report(work, serial=serial, text=form.text, contact=form.contact)
    answer = redirect(url_for("report.received", number=row.public_id), 303)
    assert isinstance(answer, Response)
    return answer


@bp.get("/reports/<public_id:number>")
def received(number: str) -> Response:
    """The number of a report and what happens next; nothing of what it says."""
    return page("traceability/report.html", number=number)


def _count_about(serial: int, network: str) -> None:
    try:
        misses().take(REPORTS_OF_STAMP, f"{serial} {network}")
    except TooManyTries as full:
        raise AlreadyReported(str(full), **full.values) from None
