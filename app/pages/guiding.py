"""The producer's side of guiding: asked for, paired, shown on every page of /manage, ended."""

import re
from datetime import timedelta
from http import HTTPStatus

from apiflask import APIBlueprint
from flask import Response, current_app, jsonify, request
from flask_babel import gettext
from sqlalchemy.exc import SQLAlchemyError
from structlog import get_logger

from accounts import queries, service
from accounts.errors import GuidingOneself
from accounts.practice_forms import AskGuidingForm, PairForm
from accounts.queries import OpenGuiding
from accounts.rules import Act
from accounts.sessions import is_secure
from accounts.web import acting, answer_once, enterprise_id, requires, signed_in, who
from app.guiding_words import FIELDS
from core import clock
from core.forms import Drawn, Refused, blank, read, refused
from core.pages import page
from core.redirects import see_other
from core.work import Work, reading, transaction

bp = APIBlueprint("guiding", __name__, enable_openapi=False)
log = get_logger()

# Without it no page of /manage asks the database whether somebody is guided.
COOKIE = "goc_guiding"
COOKIE_SECONDS = int(timedelta(minutes=45).total_seconds())
_OWN = "/manage/guiding"
_FOUND = "goc.guided"
_NAME = re.compile(r"[a-z_]{1,40}")


@bp.get(_OWN)
@requires(Act.VIEW_MANAGE)
def shown() -> Response:
    """Whom one asks, the three pairs to choose from, or who guides and until when."""
    return _draw(blank(), 200)


@bp.post(_OWN)
@requires(Act.VIEW_MANAGE)
def ask() -> Response:
    """Ask somebody to guide."""
    form = read(AskGuidingForm, request.form)
    if isinstance(form, Refused):
        return _draw(form, 422)

    def effect(work: Work) -> str:
        service.ask_guiding(work, enterprise_id=enterprise_id(), helper=form.helper)
        return _OWN

    try:
        return answer_once(effect)
    except GuidingOneself as refusal:
        return _draw(refused(request.form, AskGuidingForm, refusal, at="helper"), refusal.status)


@bp.post(f"{_OWN}/pair")
@requires(Act.VIEW_MANAGE)
def choose() -> Response:
    """Choose the pair on the helper's screen: from now on the helper sees the step."""
    form = read(PairForm, request.form)
    pair = "" if isinstance(form, Refused) else form.pair
    with transaction(by=acting()) as work:
        public_id = service.choose_pair(work, pair=pair)
    answer = see_other("/manage" if public_id else f"{_OWN}?wrong=1")
    if public_id:
        answer.set_cookie(
            COOKIE,
            public_id,
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=is_secure(),
        )
    return answer


@bp.post(f"{_OWN}/end")
@requires(Act.VIEW_MANAGE)
def end() -> Response:
    """End it: the helper sees nothing more."""
    with transaction(by=acting()) as work:
        service.end_guiding(work)
    answer = see_other(_OWN)
    answer.delete_cookie(COOKIE, httponly=True, samesite="Lax")
    return answer


@bp.get(f"{_OWN}/now")
@requires(Act.VIEW_MANAGE)
def now() -> Response:
    """What the helper said last, for the page's script."""
    found = _own()
    if found is None or not found.is_on:
        return _json({"on": False})
    return _json({"on": True, "notes": found.notes, "note": found.note, "field": found.note_field})


@bp.post(f"{_OWN}/at")
@requires(Act.VIEW_MANAGE)
def at() -> Response:
    """The page and the field the producer is in, by their names; nothing of what stands there."""
    place, field = request.form.get("place", ""), request.form.get("field", "")
    public_id = request.cookies.get(COOKIE, "")
    if place in current_app.view_functions and public_id:
        kept = field if _NAME.fullmatch(field) else ""
        with transaction(by=acting()) as work:
            service.note_place(work, public_id=public_id, place=place, field=kept)
    return Response(status=204)


@bp.app_context_processor
def guided() -> dict[str, object]:
    """The bar of /manage: who guides, and what they said last; nothing for anybody else."""
    found = _guided() if request else None
    if found is None:
        return {"guided": None}
    pointed = FIELDS.get(found.note_field)
    return {
        "guided": found,
        "guided_at": request.endpoint,
        "guided_field": gettext(pointed) if pointed else "",
    }


@bp.after_app_request
def note_page(answer: Response) -> Response:
    """Without script the helper sees the last page that was opened."""
    is_page = request.method == "GET" and answer.mimetype == "text/html"
    if is_page and answer.status_code == HTTPStatus.OK and _FOUND in request.environ and _guided():
        _note_where(request.cookies[COOKIE], request.endpoint or "")
    return answer


def _note_where(public_id: str, place: str) -> None:
    # The page is made already; a database that is full, busy or gone may not take it away.
    try:
        with transaction(by=acting()) as work:
            service.note_place(work, public_id=public_id, place=place, field="")
    except SQLAlchemyError as error:
        log.warning("page of the guided not noted", reason=type(error).__name__)


def _guided() -> OpenGuiding | None:
    """The guiding that is on for whoever asks for this page of /manage; one look a request."""
    if COOKIE not in request.cookies or not request.path.startswith("/manage"):
        return None
    if _FOUND not in request.environ:
        found = _own() if who() is not None else None
        request.environ[_FOUND] = found if found and found.is_on else None
    one: OpenGuiding | None = request.environ[_FOUND]
    return one


def _own() -> OpenGuiding | None:
    someone = who()
    assert someone is not None
    with reading() as session:
        return queries.guiding_of(session, someone.person_id, now=clock.now())


def _draw(form: Drawn, status: int) -> Response:
    with reading() as session:
        consents = queries.consents_of(session, enterprise_id())
    return page(
        "app/guiding/own.html",
        status=status,
        form=form,
        guiding=_own(),
        is_wrong="wrong" in request.args,
        helpers=[each.helper for each in consents if each.lives(clock.now())],
        person=signed_in().name,
    )


def _json(told: dict[str, object]) -> Response:
    answer = jsonify(told)
    answer.headers["Cache-Control"] = "no-store"
    return answer
