"""`/account/privacy`: what is kept of oneself, handed out as a file."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, send_file

from accounts.rules import Act
from accounts.web import answer_once, requires, signed_in
from app.personal_export import EXPORTING
from core.display import clock_and_day
from core.errors import NotFound
from core.files import files
from core.jobs import UNFINISHED, Job, enqueue, last_job_of
from core.language import current_language
from core.pages import page
from core.redirects import see_other
from core.work import Work, reading

bp = APIBlueprint("privacy", __name__, enable_openapi=False)
PATH = "/account/privacy"


@bp.get(PATH)
@requires(Act.MANAGE_ACCOUNT)
def home() -> Response:
    """What one can do about what is kept of oneself."""
    return page("app/privacy.html", **_download())


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


def _download() -> dict[str, Any]:
    job = _last()
    made_at = job.finished_at if job is not None and job.state == "done" else None
    return {"job": job, "made_at": clock_and_day(made_at, current_language()) if made_at else ""}


def _last() -> Job | None:
    with reading() as session:
        return last_job_of(session, kind=EXPORTING, person_id=signed_in().person_id)
