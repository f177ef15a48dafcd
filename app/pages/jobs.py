"""The progress of a long piece of work, for the enterprise that asked for it."""

from apiflask import APIBlueprint
from flask import Response, url_for

from accounts.rules import Act
from accounts.web import enterprise_id, requires, signed_in, writing
from core.errors import NotAllowed, NotFound
from core.jobs import Job, ask_cancel, job_of
from core.pages import page
from core.redirects import see_other
from core.work import reading

bp = APIBlueprint("jobs", __name__, enable_openapi=False, url_prefix="/manage/jobs")


@bp.get("/<public_id:public_id>")
@requires(Act.VIEW_MANAGE)
def job(public_id: str) -> Response:
    """The whole page; without script it opens itself anew until the work is done."""
    return _shown("app/job.html", public_id)


@bp.get("/<public_id:public_id>/progress")
@requires(Act.VIEW_MANAGE)
def progress(public_id: str) -> Response:
    """The part that moves, which the script puts in place of the old one."""
    return _shown("app/job_progress.html", public_id)


@bp.post("/<public_id:public_id>/cancel")
@requires(Act.VIEW_MANAGE)
def cancel(public_id: str) -> Response:
    """End the work at its next step; what it has made so far is taken back by its kind.

    Raises:
        NotAllowed: somebody else asked for it.
    """
    found = _own(public_id)
    if found.person_id != signed_in().person_id:
        raise NotAllowed
    with writing() as work:
        ask_cancel(work, job_id=found.id)
    return see_other(url_for("jobs.job", public_id=public_id))


def _shown(template: str, public_id: str) -> Response:
    found = _own(public_id)
    return page(template, job=found, may_cancel=found.person_id == signed_in().person_id)


def _own(public_id: str) -> Job:
    with reading() as session:
        found = job_of(session, public_id=public_id, enterprise_id=enterprise_id())
    if found is None:
        raise NotFound
    return found
