"""One batch: its ranges, the sheets to print, what was done to it."""

from collections.abc import Sequence
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request, send_file, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from accounts import queries as accounts
from accounts.rules import Act
from accounts.web import answer_once, may, own, requires, writing
from catalog import queries as catalog
from catalog.queries import StampableLot
from core import clock, display
from core.files import files
from core.forms import Drawn, Refused, blank, read, refused
from core.jobs import Job, jobs_by_id
from core.pages import page
from core.redirects import see_other
from core.work import Work, reading
from traceability import queries, rules, service
from traceability.adapters.outputs import kind_of
from traceability.adapters.papers import DEFAULT_PAPER
from traceability.errors import MalformedSerial, RangeBackwards
from traceability.forms import PrintForm
from traceability.label_errors import UNPRINTABLE, NothingToPrint, TooManyLabels
from traceability.models import LabelPrint, StampBatch
from traceability.queries import BatchCard, RangeCard, StampRow
from traceability.reprint_errors import AlreadyPrinted, ReprintNeedsReason, SheetsWithPrinter
from traceability.routes import manage_words as words
from traceability.routes.batch_steps import STATES, Picture
from traceability.routes.manage_objects import issued_for
from traceability.routes.manage_ranges import RangeRefused, typed_range

bp = APIBlueprint("manage_batch", __name__, enable_openapi=False, url_prefix="/manage")

RANGES_SHOWN = 60
PRINTS_SHOWN = 12
PRINTS_DRAWN = 500  # Of the picture: a month's, drawn over each other.


@bp.get("/stamps/<public_id:public_id>")
@requires(Act.VIEW_MANAGE)
def batch(public_id: str) -> Response:
    """The page of a batch; `?stamp=` shows one stamp of it."""
    return batch_page(public_id, None)


@bp.get("/stamps/<public_id:public_id>/progress")
@requires(Act.VIEW_MANAGE)
def progress(public_id: str) -> Response:
    """The part that moves while something is made; once the batch is there, the whole page."""
    with reading() as session:
        card = own(queries.batch_of(session, public_id))
        making = _making(
            session, card, queries.label_prints_of(session, card.id, limit=PRINTS_SHOWN)
        )
    response = page("traceability/manage/batch_progress.html", batch=card, **making)
    if request.args.get("state", card.state) != card.state:
        response.headers["HX-Refresh"] = "true"
    return response


@bp.post("/stamps/<public_id:public_id>/labels")
@requires(Act.PRINT_LABELS)
def print_labels(public_id: str) -> Response:
    """Have labels of a range drawn, again or on another paper."""
    form = read(PrintForm, request.form)
    if isinstance(form, Refused):
        return batch_page(public_id, form, status=422)
    with reading() as session:
        card = own(queries.batch_of(session, public_id))
        try:
            first, last = typed_range(session, card, form)
        except RangeRefused as wrong:
            return batch_page(public_id, wrong.form(PrintForm), status=422)

    def effect(work: Work) -> str:
        row = work.session.get_one(StampBatch, card.id)
        made = service.order_print(
            work,
            row,
            piece=(first, last),
            paper=form.paper,
            output=form.output,
            reprint=form.reprint,
        )
        return url_for("manage_batch.batch", public_id=public_id, _anchor=f"print-{made.public_id}")

    try:
        return answer_once(effect)
    except (RangeBackwards, TooManyLabels, NothingToPrint) as refusal:
        return batch_page(
            public_id, refused(request.form, PrintForm, refusal, at="last"), status=422
        )
    except ReprintNeedsReason as refusal:
        return batch_page(
            public_id, refused(request.form, PrintForm, refusal, at="reason"), status=422
        )
    except UNPRINTABLE as refusal:
        return batch_page(
            public_id, refused(request.form, PrintForm, refusal, at="paper"), status=422
        )


@bp.get("/labels/<public_id:public_id>")
@requires(Act.PRINT_LABELS)
def sheets(public_id: str) -> Response:
    """The file of labels, for whoever may print; where it is not there, the batch's page.

    From its first download on its labels count as printed.
    """
    with reading() as session:
        wanted = own(queries.label_print_of(session, public_id))
        card = queries.batches_by_id(session, [wanted.batch_id])[wanted.batch_id]
        lot = issued_for(session, [card])[card.id].lot
        job = jobs_by_id(session, [wanted.job_id]).get(wanted.job_id)
    try:
        file = _file_of(job)
        stream = files().reading(file)
    except FileNotFoundError:
        return see_other(url_for("manage_batch.batch", public_id=card.public_id))
    try:
        if request.method != "HEAD":  # Programs that look before they fetch take nothing away.
            with writing() as work:
                service.hand_out(work, label_print_id=wanted.id)
    except (AlreadyPrinted, SheetsWithPrinter) as refusal:
        stream.close()
        form = refused(_as_drawn(wanted), PrintForm, refusal, at="reason")
        return batch_page(card.public_id, form, status=409)
    of = lot.code if lot else "cuon"
    suffix, content_type = kind_of(file)
    name = f"tem-{of}-{wanted.first}-{wanted.last}.{suffix}".replace("/", "-")
    answer = send_file(stream, content_type, as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _as_drawn(wanted: LabelPrint) -> MultiDict[str, str]:
    """The form that draws a file's labels once more as they are."""
    return MultiDict(
        {
            "first": str(wanted.first),
            "last": str(wanted.last),
            "paper": wanted.paper,
            "dpi": str(wanted.dpi),
            "file_format": wanted.file_format,
            "signed": "yes" if wanted.signed else "",
            "logo": "yes" if wanted.logo_id is not None else "",
        }
    )


def batch_page(public_id: str, form: Drawn | None, *, status: int = 200) -> Response:
    """The page of a batch with a form as it stands; without one, filled in for all its labels."""
    shown = _shown(public_id)
    last = min(shown["batch"].count, service.MOST_LABELS)
    drawn = form if form is not None else blank(paper=DEFAULT_PAPER, first=1, last=last)
    return page("traceability/manage/batch.html", status=status, form=drawn, **shown)


def _shown(public_id: str) -> dict[str, Any]:
    with reading() as session:
        card = own(queries.batch_of(session, public_id))
        ranges = queries.ranges_of(session, card.id)
        state = request.args.get("state", "")
        wished = [each for each in ranges if each.state == state] if state in STATES else ranges
        listed = wished[:RANGES_SHOWN]
        lots = _lots_of(session, ranges)
        prints = queries.label_prints_of(session, card.id, limit=PRINTS_DRAWN)
        sold = queries.sold_pieces(session, card.id, count=card.count)
        # Only a finished file is counted: one that waits, was stopped or failed has no sheets.
        drawn = [(one.first, one.last) for one in prints if one.counted is not None]
        ends = {1} | {each.first for each in listed} | {each.last for each in listed}
        serials = queries.serials_at(session, card.id, ends)
        acts = queries.acts_of(session, card.id)
        people = {act.by_person_id for act in acts} | {card.by_person_id}
        return {
            "batch": card,
            "goods": issued_for(session, [card])[card.id],
            "lots": lots,
            "steps": Picture(card, ranges, drawn, sold, lots).steps(),
            "ranges": ranges,
            "columns": rules.COLUMNS,
            "wished": wished,
            "listed": listed,
            "chosen_state": state if state in STATES else "",
            "serials": {at: rules.serial_text(serial) for at, serial in serials.items()},
            "acts": acts,
            "names": accounts.person_names(session, [one for one in people if one is not None]),
            **_found(session, card),
            "papers": words.papers(),
            "dpis": words.dpis(),
            "file_formats": words.file_formats(),
            "printings": queries.printings(session, card.id),
            "reprint_reasons": words.reprint_reasons(),
            "may_issue": may(Act.ISSUE_STAMPS),
            "may_activate": may(Act.ACTIVATE_STAMPS),
            "may_void": may(Act.VOID_STAMPS),
            "may_deal": may(Act.MANAGE_DEALERS),
            "deliveries": queries.deliveries_of_batch(session, card.id),
            **_making(session, card, prints),
        }


def _lots_of(session: Session, ranges: Sequence[RangeCard]) -> dict[int, StampableLot]:
    """Whose the stamps are now: not only the lot they were issued for."""
    ids = {each.lot_id for each in ranges if each.lot_id is not None}
    return catalog.stampable_lots_by_id(session, ids) if ids else {}


def _making(session: Session, card: BatchCard, prints: Sequence[LabelPrint]) -> dict[str, Any]:
    shown = prints[:PRINTS_SHOWN]
    wanted = [one.job_id for one in shown] + ([card.job_id] if card.job_id else [])
    jobs = jobs_by_id(session, wanted)
    out = queries.codes_out(session, [one.id for one in shown], now=clock.now()) if shown else {}
    unfinished = any(job.finished_at is None for job in jobs.values())
    return {
        "prints": [(one, jobs.get(one.job_id)) for one in shown],
        "codes_out": out,
        "job": jobs.get(card.job_id) if card.job_id else None,
        "is_moving": unfinished,
        "may_print": may(Act.PRINT_LABELS),
        "words": words,
        "display": display,
    }


def _found(session: Session, card: BatchCard) -> dict[str, Any]:
    """The stamp that was looked for, where it is one of this batch, and its wrong signatures."""
    found = _stamp_sought(session, card)
    wrong = queries.wrong_signatures(session, found.serial) if found else None
    return {"found": found, "wrong_signatures": wrong}


def _stamp_sought(session: Session, card: BatchCard) -> StampRow | None:
    try:
        serial = rules.parse_serial(request.args.get("stamp", ""))
    except MalformedSerial:
        return None
    found = queries.own_stamp_row(session, serial, enterprise_ids=[card.enterprise_id])
    return found if found and found.batch_id == card.id else None


def _file_of(job: Job | None) -> str:
    if job is None or job.state != "done" or job.result is None:
        raise FileNotFoundError
    file: str = job.result["file"]
    return file
