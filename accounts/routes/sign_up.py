"""Signing up after the number is proved: a name, then whether one sells."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import passwords, service
from accounts.codes import Purpose
from accounts.errors import SignInTaken
from accounts.forms import NewAccountForm
from accounts.names import as_written
from accounts.routes import entering
from accounts.second_rules import First
from core.errors import AppError
from core.forms import Drawn, Refused, read, refused
from core.guard import anonymous_form
from core.pages import page
from core.redirects import see_other
from core.work import Work

bp = APIBlueprint("sign_up", __name__, enable_openapi=False)


@bp.get("/sign-up/name")
def form() -> Response:
    """Ask what the person is called."""
    target = _proved_target()
    if target is None:
        return see_other(entering.step("/sign-up"))
    return _draw(Drawn(), target, status=200)


@bp.post("/sign-up/name")
@anonymous_form
def open_account() -> Response:
    """Open the account and sign in."""
    target = _proved_target()
    if target is None:
        return see_other(entering.step("/sign-up"))
    typed = read(NewAccountForm, request.form)
    if isinstance(typed, Refused):
        return _draw(typed, target, status=422)
    token = entering.proof_token()
    password_hash = passwords.hash_of(typed.password) if typed.password else None

    def prove(work: Work) -> int:
        return service.open_account(work, token=token, name=typed.name, password_hash=password_hash)

    # A password chosen at this moment is known; without one the number is all there is.
    first = First.PASSWORD if password_hash else First.CODE
    try:
        return entering.enter(prove, first=first, otherwise="/enterprises/new")
    except SignInTaken:  # By another tab, or somebody behind the same phone, a moment ago.
        return see_other(entering.step("/sign-in/person"))
    except AppError as refusal:
        drawn = refused(request.form, NewAccountForm, refusal, at="name")
        return _draw(drawn, target, status=refusal.status)


def _proved_target() -> str | None:
    proof = entering.open_proof()
    if proof is None or not proof.is_proved or proof.purpose != Purpose.ENTER:
        return None
    return proof.target


def _draw(drawn: Drawn, target: str, *, status: int) -> Response:
    return page(
        "accounts/enter/name.html",
        status=status,
        form=drawn,
        target=as_written(target),
        next_path=entering.wish(),
        draft=entering.draft(),
    )
