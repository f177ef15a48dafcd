"""Lost factors, for the operator: they end after a day, told everywhere, and can be stopped."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import queries, service
from accounts.confirming import confirmed
from accounts.factor_errors import NobodySoNamed
from accounts.forms import ChangeForm, LostFactorForm
from accounts.names import sign_in_name
from accounts.routes.security import said
from accounts.rules import Act
from accounts.web import answer_once, requires
from core.errors import Changed, NotFound
from core.forms import Drawn, Refused, read, refused
from core.pages import page
from core.work import Work, reading

bp = APIBlueprint("office_factors", __name__, enable_openapi=False)
PATH = "/office/factors"


@bp.get(PATH)
@requires(Act.RESET_FACTORS)
def listed() -> Response:
    """What waits, and the form to let somebody's lost factors end."""
    return _draw(Drawn(), status=200)


@bp.post(PATH)
@requires(Act.RESET_FACTORS)
@confirmed
def ask() -> Response:
    """Let them end in a day; the person is told on every number and address."""
    typed = read(LostFactorForm, request.form)
    if isinstance(typed, Refused):
        return _draw(typed, status=422)
    person_id = _person_id(typed.sign_in)

    def effect(work: Work) -> str:
        service.ask_end_of_factors(work, person_id=person_id, known_by=typed.known_by)
        return PATH

    try:
        return answer_once(effect)
    except NotFound:
        refusal = NobodySoNamed("nobody with a factor signs in so")
        return _draw(refused(request.form, LostFactorForm, refusal, at="sign_in"), status=422)


@bp.post("/office/factors/stop")
@requires(Act.RESET_FACTORS)
def stop() -> Response:
    """Stop what waits."""
    form = read(ChangeForm, request.form)
    with reading() as session:
        waiting = {one.public_id: one.person_id for one in queries.waiting_resets(session)}
    if isinstance(form, Refused) or form.change not in waiting:
        raise Changed("no such end of factors waits")
    person_id = waiting[form.change]

    def effect(work: Work) -> str:
        service.stop_change(work, person_id=person_id, public_id=form.change)
        return PATH

    return answer_once(effect)


def _person_id(typed: str) -> int:
    name = sign_in_name(typed)
    with reading() as session:
        people = queries.people_behind(session, name) if name else []
    return next((one.person_id for one in people if one.is_holder), 0)


def _draw(drawn: Drawn, *, status: int) -> Response:
    with reading() as session:
        waiting = queries.waiting_resets(session)
    return page(
        "accounts/office/factors.html",
        status=status,
        form=drawn,
        waiting=waiting,
        said=said,
    )
