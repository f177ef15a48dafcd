"""`/print`: a clerk with a print code downloads the sheets once, and says how the print came out.

Public, without an account. Looking changes nothing: chat applications open addresses too.
"""

from typing import Any, BinaryIO

from apiflask import APIBlueprint
from flask import Response, request, send_file, url_for

from accounts.queries import makers
from accounts.sessions import is_secure
from core import clock, display
from core.errors import AppError
from core.files import files
from core.forms import Drawn, Refused, blank, read, refused
from core.guard import anonymous_form
from core.jobs import Job, jobs_by_id
from core.language import gettext as _
from core.pages import page
from core.redirects import see_other
from core.sealing import sealer
from core.work import VISITOR, reading, transaction
from traceability import queries, rules, service
from traceability.adapters.outputs import kind_of
from traceability.adapters.papers import PAPERS
from traceability.forms import PrintAnswerForm
from traceability.print_errors import (
    LabelNotInPrint,
    LabelNotRead,
    MoreNamedThanSpoiled,
    MoreSpoiledThanPrinted,
    PlacesNotCounted,
    SheetsGone,
    SheetsNotFetched,
    SheetsNotReady,
    TooManySpoiledPlaces,
)
from traceability.queries import PrintCodeCard
from traceability.routes.manage_objects import issued_for
from traceability.routes.paper_words import paper_words
from traceability.routes.print_lookup import COOKIE, browser_token, live_code, standing_of
from traceability.routes.strips import strip_answer
from traceability.rules import Standing

bp = APIBlueprint("print_codes", __name__, enable_openapi=False)

COOKIE_SECONDS = int((rules.LASTS + rules.ANSWERED_WITHIN).total_seconds())
_OF_COUNT = (MoreSpoiledThanPrinted, MoreNamedThanSpoiled)
_OF_WHICH = (LabelNotRead, LabelNotInPrint, PlacesNotCounted, TooManySpoiledPlaces)


@bp.after_request
def keep_private(response: Response) -> Response:
    """Tell nobody the address: it is the code.

    Not `no-referrer`: browsers without Sec-Fetch-Site would then send forms from origin `null`.
    """
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "none"
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/print")
def form() -> Response:
    """Where a clerk types a code."""
    return page("traceability/print_typed.html", typed="", error="")


@bp.post("/print")
@anonymous_form
def typed() -> Response:
    """Go to the page of the code that was typed, or say what is wrong with it."""
    text = request.form.get("code", "")
    try:
        live_code(text)
    except AppError as refusal:
        return _typed_again(text, refusal)
    return see_other(url_for("print_codes.code", text=rules.parse_print_code(text)))


@bp.get("/print/<text>")
def code(text: str) -> Response:
    """What is to be printed for whom; downloading it; saying how it came out."""
    try:
        return _page(text, live_code(text), blank(result="", count="", which=""))
    except AppError as refusal:
        return _typed_again(text, refusal)


@bp.post("/print/<text>/sheets")
@anonymous_form
def fetch(text: str) -> Response:
    """The sheets, for the first browser that asks; the code is used up before the first byte."""
    token = browser_token()
    try:
        card = live_code(text)
        file, stream = _fetched(card, token)
    except AppError as refusal:
        return _typed_again(text, refusal)
    suffix, content_type = kind_of(file)
    name = f"tem-{card.first}-{card.last}.{suffix}"
    answer = send_file(stream, content_type, as_attachment=True, download_name=name)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=COOKIE_SECONDS,
        path="/print",
        httponly=True,
        samesite="Lax",  # The link in a chat leads back here.
        secure=is_secure(),
    )
    return answer


@bp.get("/print/<text>/test-strip")
def test_strip(text: str) -> Response:
    """The strip for the code's paper and printer; it uses nothing up."""
    try:
        card = live_code(text)
    except AppError as refusal:
        return _typed_again(text, refusal)
    with reading() as session:
        [wanted] = queries.label_prints_by_id(session, [card.label_print_id])
        batch = queries.batches_by_id(session, [card.batch_id])[card.batch_id]
    return strip_answer(wanted.paper, wanted.output, has_gtin=batch.gtin is not None)


@bp.post("/print/<text>/answer")
@anonymous_form
def answer(text: str) -> Response:
    """Keep how the print came out."""
    try:
        card = live_code(text)
        said = read(PrintAnswerForm, request.form)
        if isinstance(said, Refused):
            return _page(text, card, said, status=422)
        _keep(card, said)
    except (*_OF_COUNT, *_OF_WHICH) as refusal:
        at = "count" if isinstance(refusal, _OF_COUNT) else "which"
        drawn = refused(request.form, PrintAnswerForm, refusal, at=at)
        return _page(text, card, drawn, status=422)
    except AppError as refusal:
        return _typed_again(text, refusal)
    return see_other(url_for("print_codes.code", text=rules.parse_print_code(text)))


@bp.get("/print/<text>/<any(sheets, answer):_form>")
def back(text: str, _form: str) -> Response:
    """Where a switch of language or a reload comes back to after a refused form."""
    return see_other(url_for("print_codes.code", text=text))


def _fetched(card: PrintCodeCard, token: str) -> tuple[str, BinaryIO]:
    """The file, by name and open before the code is used up: one not there costs nothing."""
    file, stream = _sheets(_job_of(card))
    token_hash = service.hash_of_browser(token, card.id, sealer())
    try:
        with transaction(by=VISITOR) as work:
            service.fetch_sheets(work, code_id=card.id, token_hash=token_hash)
    except BaseException:
        stream.close()
        raise
    return file, stream


def _sheets(job: Job | None) -> tuple[str, BinaryIO]:
    if job is not None and job.finished_at is None:
        raise SheetsNotReady(f"job {job.id}")
    if job is None or job.state != "done" or job.result is None:
        raise SheetsGone("no drawn sheets")
    file: str = job.result["file"]
    try:
        return file, files().reading(file)
    except FileNotFoundError:
        raise SheetsGone(f"job {job.id}") from None


def _job_of(card: PrintCodeCard) -> Job | None:
    with reading() as session:
        return jobs_by_id(session, [card.job_id]).get(card.job_id)


def _keep(card: PrintCodeCard, said: PrintAnswerForm) -> None:
    if standing_of(card) is Standing.OPEN:
        raise SheetsNotFetched(f"print code {card.id}")
    job = _job_of(card)
    drawn_at = job.finished_at if job is not None else card.fetched_at
    assert drawn_at is not None, card
    token_hash = service.hash_of_browser(browser_token(), card.id, sealer())
    count = said.count or 0
    with reading() as session:
        spoiled = service.read_spoiled(
            session, card, text=said.which, spoiled_count=count, drawn_at=drawn_at
        )
    with transaction(by=VISITOR) as work:
        service.answer_print(
            work, code_id=card.id, token_hash=token_hash, spoiled_count=count, spoiled=spoiled
        )


def _page(text: str, card: PrintCodeCard, form: Drawn, *, status: int = 200) -> Response:
    return page("traceability/print_code.html", status=status, form=form, **_shown(text, card))


def _shown(text: str, card: PrintCodeCard) -> dict[str, Any]:
    letters = rules.parse_print_code(text)
    with reading() as session:
        batch = queries.batches_by_id(session, [card.batch_id])[card.batch_id]
        goods = issued_for(session, [batch])[batch.id]
        maker = makers(session, [card.enterprise_id])[card.enterprise_id]
        job = jobs_by_id(session, [card.job_id]).get(card.job_id)
    return {
        "address": url_for("print_codes.code", text=letters),
        "code": card,
        "grouped": rules.grouped_code(letters),
        "standing": standing_of(card),
        "may_fetch_again": rules.may_fetch_again(card.fetched_at, now=clock.now()),
        "again_until": card.fetched_at + rules.AGAIN_FOR if card.fetched_at else None,
        "token": browser_token(),
        "job": job,
        "lot": goods.lot,
        "maker": maker.name,
        "paper": paper_words(card.paper),
        "is_roll": card.paper in PAPERS and PAPERS[card.paper].is_roll,
        "now": clock.now(),
        "display": display,
    }


def _typed_again(text: str, refusal: AppError) -> Response:
    said = _(refusal.sentence, **refusal.values)
    status, known = refusal.status, text[:100]
    return page("traceability/print_typed.html", status=status, typed=known, error=said)
