"""“Có gì không ổn?”: anybody may say what they saw, and gets a number to ask about it."""

from apiflask import APIBlueprint
from flask import Response, request, url_for

from core.errors import AppError, sentence
from core.forms import Drawn, Refused, read, refused
from core.guard import anonymous_form
from core.limits import Limit, TooManyTries, misses, network_of
from core.pages import page
from core.photos.models import Photo
from core.photos.whole import read_whole, store_whole
from core.redirects import see_other
from core.work import VISITOR, transaction
from traceability import rules, service
from traceability.forms import ReportForm
from traceability.routes.visitors import visitor_of

bp = APIBlueprint("report", __name__, enable_openapi=False)
REPORTS = Limit("report", ("10/minute", "60/hour"))  # A market day behind one address.
# About one stamp: a buyer, the shop and a second thought; more would only bury the others.
REPORTS_OF_STAMP = Limit("report of stamp", ("3/hour", "6/day"))

# 12 MB each, from people we do not know: enough for a market day, too little to fill a disk.
PHOTOS = Limit("photo of report", ("30/hour", "90/day"))


class TooManyOfReport(AppError):
    """More photos than a report takes; `most` says how many."""

    sentence = sentence("Mỗi lời báo kèm được nhiều nhất %(most)s ảnh. Xin chọn lại ảnh rõ nhất.")


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
        return _again(serial, form, 422)
    try:
        contents = _contents(key)
    except AppError as refusal:
        drawn = refused(request.form, ReportForm, refusal, at="photos")
        return _again(serial, drawn, refusal.status)
    misses().take(REPORTS, key)
    _count_about(serial, key)
    photos = [_kept(serial, content) for content in contents]
    with transaction(by=VISITOR) as work:
        network = visitor_of(serial).network_hash
        seen = service.Seen(form.place, form.shop, form.price_vnd, network)
        row = service.report(work, serial=serial, text=form.text, contact=form.contact, seen=seen)
        service.add_report_photos(work, report_id=row.id, photo_ids=[one.id for one in photos])
    return see_other(url_for("report.received", number=row.public_id))


@bp.get("/reports/<public_id:number>")
def received(number: str) -> Response:
    """The number of a report and what happens next; nothing of what it says."""
    return page("traceability/report.html", number=number)


def _again(serial: int, form: Drawn, status: int) -> Response:
    # A page of its own: drawing the stamp's again would be a check of it.
    serial_text = rules.serial_text(serial)
    return page("traceability/report_again.html", status=status, form=form, serial=serial_text)


def _contents(network: str) -> list[bytes]:
    """The photos of the form, each judged; what is no photo counts against the network too."""
    files = [file for file in request.files.getlist("photos") if file.filename]
    if len(files) > service.MOST_OF_REPORT:
        raise TooManyOfReport(f"{len(files)} photos", most=service.MOST_OF_REPORT)
    for _ in files:
        misses().take(PHOTOS, network)
    return [read_whole(file, kind="report")[0] for file in files]


def _kept(serial: int, content: bytes) -> Photo:
    with transaction(by=VISITOR) as work:
        photo = service.begin_report_photo(work, serial=serial, bytes_=len(content))
    store_whole(photo, content, writing=lambda: transaction(by=VISITOR))
    return photo


def _count_about(serial: int, network: str) -> None:
    try:
        misses().take(REPORTS_OF_STAMP, f"{serial} {network}")
    except TooManyTries as full:
        raise AlreadyReported(str(full), **full.values) from None
