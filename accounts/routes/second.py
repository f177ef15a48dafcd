"""`/sign-in/second`: the second thing, before there is a key."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import queries, service
from accounts.factor_errors import CodeNotEnough, PasskeyRefused, SecondDead, SecondWrong
from accounts.forms import ShownForm
from accounts.routes import asking, entering
from accounts.routes.second_page import about_second, draw_second
from accounts.service import Showing, Try
from accounts.sessions import SECOND_COOKIE, is_secure, set_device
from core import clock
from core.errors import AppError
from core.forms import Drawn, Refused, read, refused
from core.guard import anonymous_form
from core.language import gettext
from core.limits import TooManyTries
from core.redirects import see_other
from core.work import VISITOR, reading, transaction

bp = APIBlueprint("second", __name__, enable_openapi=False)


@bp.get("/sign-in/second")
def form() -> Response:
    """Ask for the code of an app, a code of paper, or a passkey."""
    person_id = _waiting()
    if person_id is None:
        return see_other(entering.step("/sign-in"))
    return _draw(Drawn(), person_id, status=200)


@bp.post("/sign-in/second")
@anonymous_form
def show() -> Response:
    """Take it, once, and sign in."""
    person_id = _waiting()
    if person_id is None:
        raise SecondDead("no step waits in this browser")
    typed = read(ShownForm, request.form)
    if isinstance(typed, Refused):
        return _draw(typed, person_id, status=422)
    try:
        asking.take_try(person_id)
        showing, key, device = _try(typed)
        if showing.outcome is not Try.RIGHT:
            raise _refusal(typed, showing)
    except (TooManyTries, SecondWrong, PasskeyRefused) as refusal:
        drawn = refused(request.form, ShownForm, refusal, at="code")
        return _draw(drawn, person_id, status=refusal.status)
    asking.forgive(person_id)
    response = entering.arrive(key)
    if device:
        set_device(response, device, secure=is_secure())
    return response


@bp.app_errorhandler(SecondDead)
@bp.app_errorhandler(CodeNotEnough)
def again(refusal: AppError) -> Response:
    """Say why, and lead back to the first thing."""
    text = gettext(refusal.sentence, **refusal.values)
    return entering.again("/sign-in", text, status=refusal.status)


def _try(typed: ShownForm) -> tuple[Showing, str, str]:
    """What became of it; where it was right, the new key, and the token of a browser to know."""
    token, key, device = _token(), "", ""
    shows = asking.shows(code=typed.code, answer=typed.answer, about=about_second(token))
    with transaction(by=VISITOR) as work:
        showing = service.try_second_step(work, token=token, show=shows)
        if showing.outcome is Try.RIGHT:
            key = entering.begin(work, showing.person_id, is_confirmed=True)
            if typed.remember:
                device = service.trust_device(work, person_id=showing.person_id)
    return showing, key, device


def _refusal(typed: ShownForm, showing: Showing) -> AppError:
    if showing.outcome is Try.DEAD:
        return SecondDead("shown wrong too often, or too late")
    if typed.answer:
        return PasskeyRefused("passkey not taken")
    return SecondWrong("wrong code", left=showing.left)


def _waiting() -> int | None:
    token = _token()
    if not token:
        return None
    with reading() as session:
        return queries.open_second_step(session, token=token, now=clock.now())


def _token() -> str:
    return request.cookies.get(SECOND_COOKIE, "")


def _draw(drawn: Drawn, person_id: int, *, status: int) -> Response:
    return draw_second(
        drawn,
        person_id=person_id,
        token=_token(),
        status=status,
        draft=entering.draft(),
        next_path=entering.wish(),
    )
