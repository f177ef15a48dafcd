"""`/account/privacy`: what is kept of oneself handed out, agreements by purpose, erasing."""

from datetime import datetime
from typing import Any, Literal

from apiflask import APIBlueprint
from flask import Response, request, send_file
from pydantic import Field

from accounts import queries, service
from accounts.confirming import factor_confirmed
from accounts.errors import ClosingUnsaid, ErasureWaits, StillDirects
from accounts.purposes import TEXTS, Purpose
from accounts.rules import Act
from accounts.web import answer_once, requires, signed_in
from app.pages.periods import span
from app.personal import HELD
from app.personal_export import EXPORTING
from core.database import lock_words
from core.display import clock_and_day
from core.errors import NotFound
from core.files import files
from core.forms import Drawn, Form, Refused, blank, read, refused
from core.jobs import UNFINISHED, Job, enqueue, last_job_of
from core.language import current_language
from core.pages import page
from core.periods import Period
from core.redirects import see_other
from core.work import Work, reading

bp = APIBlueprint("privacy", __name__, enable_openapi=False)
PATH = "/account/privacy"


class PurposeForm(Form):
    """What somebody agrees to no longer."""

    purpose: Purpose


class EraseForm(Form):
    """`sure` is the box one ticks; `close` names the enterprises that close with the account."""

    close: list[str] = Field(default_factory=list)
    sure: Literal["yes"]


@bp.get(PATH)
@requires(Act.MANAGE_ACCOUNT)
def home() -> Response:
    """What one can do about what is kept of oneself."""
    with reading() as session:
        due_at = queries.waiting_erasure(session, signed_in().person_id)
        agreed = queries.purposes_of(session, signed_in().person_id)
    return page(
        "app/privacy.html",
        purposes=[(one, text, agreed.get(one)) for one, text in TEXTS.items()],
        due_at=_said(due_at),
        said=_said,
        **_download(),
    )


@bp.get(f"{PATH}/progress")
@requires(Act.MANAGE_ACCOUNT)
def progress() -> Response:
    """The part that moves, which the script puts in place of the old one."""
    return page("app/privacy_download.html", **_download())


@bp.post(f"{PATH}/download")
@requires(Act.MANAGE_ACCOUNT)
def ask() -> Response:
    """Have everything about oneself gathered; while that lasts a second asking changes nothing."""
    person_id = signed_in().person_id
    language = current_language()

    def effect(work: Work) -> str:
        lock_words(work.session, f"download of {person_id}")  # Of two who ask at once one waits.
        last = last_job_of(work.session, kind=EXPORTING, person_id=person_id)
        if last is None or last.state not in UNFINISHED:
            told = {"person_id": person_id, "language": language}
            enqueue(work, kind=EXPORTING, arguments=told, total=2)
        return PATH

    return answer_once(effect)


@bp.get(f"{PATH}/download")
@requires(Act.MANAGE_ACCOUNT)
def download() -> Response:
    """The file, for nobody but whom it is about; where there is none (any more), the page.

    Raises:
        NotFound: the store of files has lost it.
    """
    last = _last()
    if last is None or last.state != "done" or last.result is None:
        return see_other(PATH)
    try:
        stream = files().reading(last.result["file"])
    except FileNotFoundError as missing:
        raise NotFound("the download's file is gone") from missing
    answer = send_file(
        stream, "application/zip", as_attachment=True, download_name="goc-du-lieu-cua-toi.zip"
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post(f"{PATH}/purposes")
@requires(Act.MANAGE_ACCOUNT)
def withdraw() -> Response:
    """Agree to a purpose no longer: what rested on it ends at once.

    Raises:
        NotFound: the account itself needs it.
    """
    form = read(PurposeForm, request.form)
    if isinstance(form, Refused):
        return home()

    def effect(work: Work) -> str:
        service.withdraw(work, person_id=signed_in().person_id, purpose=form.purpose)
        return PATH

    return answer_once(effect)


@bp.get(f"{PATH}/erase")
@requires(Act.MANAGE_ACCOUNT)
@factor_confirmed
def ask_to_erase() -> Response:
    """What would be erased, and what the law keeps, sentence by sentence."""
    return _draw_erasing(blank(), status=200)


@bp.post(f"{PATH}/erase")
@requires(Act.MANAGE_ACCOUNT)
@factor_confirmed
def erase() -> Response:
    """Have the account erased in a week."""
    form = read(EraseForm, request.form)
    if isinstance(form, Refused):
        return _draw_erasing(form, status=422)

    def effect(work: Work) -> str:
        service.ask_erasure(work, person_id=signed_in().person_id, closing=form.close)
        return PATH

    try:
        return answer_once(effect)
    except (StillDirects, ErasureWaits, ClosingUnsaid) as refusal:
        at = "close" if isinstance(refusal, ClosingUnsaid) else "sure"
        drawn = refused(request.form, EraseForm, refusal, at=at)
        return _draw_erasing(drawn, status=refusal.status)


@bp.post(f"{PATH}/keep")
@requires(Act.MANAGE_ACCOUNT)
def keep() -> Response:
    """Stop the erasing while its week lasts."""

    def effect(work: Work) -> str:
        service.stop_erasure(work, person_id=signed_in().person_id)
        return PATH

    return answer_once(effect)


def _draw_erasing(form: Drawn, *, status: int) -> Response:
    with reading() as session:
        alone = queries.directed_alone(session, signed_in().person_id)
        due_at = queries.waiting_erasure(session, signed_in().person_id)
    return page(
        "app/erase.html",
        status=status,
        form=form,
        alone=[one.name for one in alone if one.has_heir],
        closing=alone,
        due_at=_said(due_at),
        gone=[line.title for line in HELD if line.erasing is not None and line.kept is None],
        kept=_kept(),
    )


def _kept() -> dict[Period, tuple[str, list[str]]]:
    """By period: its length in words, and what is kept so long."""
    kept: dict[Period, tuple[str, list[str]]] = {}
    for line in HELD:
        if line.kept is not None:
            kept.setdefault(line.kept, (span(line.kept), []))[1].append(line.title)
    return kept


def _said(at: datetime | None) -> str:
    return clock_and_day(at, current_language()) if at else ""


def _download() -> dict[str, Any]:
    job = _last()
    made_at = job.finished_at if job is not None and job.state == "done" else None
    return {"job": job, "made_at": _said(made_at)}


def _last() -> Job | None:
    with reading() as session:
        return last_job_of(session, kind=EXPORTING, person_id=signed_in().person_id)
