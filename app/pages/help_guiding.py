"""The helper's side of guiding: two digits, the producer's step, a sentence or a field."""

from apiflask import APIBlueprint
from flask import Response, jsonify, request
from flask_babel import gettext

from accounts import queries, service
from accounts.practice_forms import SayForm
from accounts.queries import OpenGuiding
from accounts.rules import Act
from accounts.web import acting, answer_once, requires, signed_in
from app.guiding_words import ELSEWHERE, FIELDS, PLACES
from core import clock, display
from core.errors import NotFound
from core.forms import Drawn, Refused, blank, read
from core.language import current_language
from core.pages import page
from core.redirects import see_other
from core.work import Work, reading, transaction

bp = APIBlueprint("help_guiding", __name__, enable_openapi=False)


@bp.get("/help/guiding")
@requires(Act.ASK_CONSENT)
def listed() -> Response:
    """Who asks to be guided now."""
    with reading() as session:
        asked = queries.guidings_for(session, signed_in().person_id, now=clock.now())
    return page("app/guiding/asked.html", asked=asked)


@bp.get("/help/guiding/<public_id:public_id>")
@requires(Act.ASK_CONSENT)
def shown(public_id: str) -> Response:
    """The two digits; once they were chosen, where the producer is."""
    return _draw(_own(public_id), blank(), 200)


@bp.get("/help/guiding/<public_id:public_id>/now")
@requires(Act.ASK_CONSENT)
def now(public_id: str) -> Response:
    """Where the producer is, for the page's script."""
    one = _own(public_id)
    answer = jsonify({"on": one.is_on, "place": one.place, "field": one.field, "at": _at(one)})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/help/guiding/<public_id:public_id>/say")
@requires(Act.ASK_CONSENT)
def say(public_id: str) -> Response:
    """Send a sentence, or point at a field of the page the producer is on."""
    one, form = _own(public_id), read(SayForm, request.form)
    if isinstance(form, Refused):
        return _draw(one, form, 422)
    field = form.field if form.field in _fields(one) else ""

    def effect(work: Work) -> str:
        service.say_to_guided(work, public_id=public_id, words=form.words, field=field)
        return f"/help/guiding/{public_id}"

    return answer_once(effect)


@bp.post("/help/guiding/<public_id:public_id>/leave")
@requires(Act.ASK_CONSENT)
def leave(public_id: str) -> Response:
    """Stop guiding."""
    one = _own(public_id)
    with transaction(by=acting()) as work:
        service.leave_guiding(work, public_id=one.public_id)
    return see_other("/help/guiding")


def _own(public_id: str) -> OpenGuiding:
    with reading() as session:
        found = queries.guiding(session, public_id, now=clock.now())
    if found is None or found.helper_id != signed_in().person_id:
        raise NotFound("no guiding of this helper")
    return found


def _fields(one: OpenGuiding) -> tuple[str, ...]:
    return PLACES.get(one.place, ("", ()))[1]


def _at(one: OpenGuiding) -> str:
    return display.recent(one.placed_at, clock.now(), current_language()) if one.placed_at else ""


def _draw(one: OpenGuiding, form: Drawn, status: int) -> Response:
    words = PLACES.get(one.place, (ELSEWHERE, ()))[0]
    pointed = FIELDS.get(one.field)
    return page(
        "app/guiding/helper.html",
        status=status,
        guiding=one,
        form=form,
        place=gettext(words) if one.place else "",
        at_field=gettext(pointed) if pointed else "",
        at=_at(one),
        fields=[(name, gettext(FIELDS[name])) for name in _fields(one)],
    )
