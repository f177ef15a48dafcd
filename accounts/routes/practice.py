"""Practice ("Tập thử"): begun, joined by a training's code, left, entered again, wiped."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import queries, service
from accounts.errors import TrainingOver, TrainingUnknown
from accounts.hashing import hash_of_secret
from accounts.practice_forms import JoinForm
from accounts.routes.moments import day_words
from accounts.rules import Act, Role
from accounts.web import acting, answer_once, requires, signed_in
from core import clock
from core.forms import Drawn, Refused, blank, read, refused
from core.guard import SESSION_COOKIE
from core.language import gettext
from core.limits import Limit, misses
from core.pages import page
from core.redirects import see_other
from core.work import Work, reading, transaction

bp = APIBlueprint("practice", __name__, enable_openapi=False, url_prefix="/practice")

# Six digits are a million: whoever guesses joins a room of strangers, and no more than that.
MISSES = Limit("training", ("10/minute", "60/hour"))


@bp.get("")
@requires(Act.PRACTISE)
def home() -> Response:
    """What practising is, the way in, and the code of a training."""
    return _draw(blank(code=request.args.get("code", "")), 200)


@bp.post("")
@requires(Act.PRACTISE)
def start() -> Response:
    """Begin to practise, or go on where one was."""
    name = _name()

    def effect(work: Work) -> str:
        _act_for(work, service.start_practice(work, name=name))
        return "/manage"

    return answer_once(effect)


@bp.post("/join")
@requires(Act.PRACTISE)
def join() -> Response:
    """Join a training by its code."""
    form = read(JoinForm, request.form)
    if isinstance(form, Refused):
        return _draw(form, 422)
    name, person = _name(), str(signed_in().person_id)
    misses().refuse(MISSES, person)

    def effect(work: Work) -> str:
        _act_for(work, service.join_training(work, code=form.digits, practice_name=name))
        return "/manage"

    try:
        return answer_once(effect)
    except (TrainingUnknown, TrainingOver) as refusal:
        if isinstance(refusal, TrainingUnknown):
            misses().count(MISSES, person)
        return _draw(refused(request.form, JoinForm, refusal, at="code"), refusal.status)


@bp.post("/leave")
@requires(Act.PRACTISE)
def leave() -> Response:
    """Go back to one's own enterprise; what was practised stays until its day."""
    own = [one for one in signed_in().memberships if one.role not in {Role.HELPER, Role.LEARNER}]
    key_hash = _key_hash()
    with transaction(by=acting()) as work:
        if own:
            service.act_for(work, key_hash=key_hash, enterprise_id=own[0].enterprise_id)
        else:
            service.stop_acting(work, key_hash=key_hash)
    return see_other("/manage" if own else "/practice")


@bp.get("/wipe")
@requires(Act.PRACTISE)
def ask_to_wipe() -> Response:
    """Ask once more: what is wiped does not come back."""
    if _own() is None:
        return see_other("/practice")
    return page("accounts/practice/wipe.html")


@bp.post("/wipe")
@requires(Act.PRACTISE)
def wipe() -> Response:
    """End the practice on every device and have everything in it removed."""

    def effect(work: Work) -> str:
        service.end_practice(work)
        return "/practice"

    return answer_once(effect)


def _name() -> str:
    return str(gettext("Tập thử của %(name)s", name=signed_in().name))


def _act_for(work: Work, enterprise_id: int) -> None:
    service.act_for(work, key_hash=_key_hash(), enterprise_id=enterprise_id)


def _key_hash() -> str:
    return hash_of_secret(request.cookies[SESSION_COOKIE])


def _own() -> queries.OwnPractice | None:
    with reading() as session:
        return queries.practice_of(session, signed_in().person_id, now=clock.now())


def _draw(form: Drawn, status: int) -> Response:
    return page(
        "accounts/practice/home.html",
        status=status,
        form=form,
        practice=_own(),
        who=signed_in(),
        day=day_words,
    )
