"""A new password after a code proved the number."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import passwords, queries, service
from accounts.codes import Purpose
from accounts.factor_errors import CodeNotEnough
from accounts.forms import ForgottenForm
from accounts.queries import PersonBehind
from accounts.routes import entering
from accounts.routes.who_is_using import check_pin
from accounts.web import offices_need_factor
from core.errors import AppError
from core.forms import Drawn, Refused, read, refused
from core.guard import anonymous_form
from core.pages import page
from core.redirects import see_other
from core.work import VISITOR, reading, transaction

bp = APIBlueprint("forgotten", __name__, enable_openapi=False)


@bp.get("/password/forgotten/new")
def form() -> Response:
    """Ask for the new password; whether the number is known is told now that it is proved."""
    target = _proved_target()
    if target is None:
        return see_other("/password/forgotten")
    return _draw(Drawn(), target, status=200)


@bp.post("/password/forgotten/new")
@anonymous_form
def save() -> Response:
    """Set it, or have it wait where somebody is signed in elsewhere."""
    target = _proved_target()
    if target is None:
        return see_other("/password/forgotten")
    holder, is_shared = _holder(target)
    typed = read(ForgottenForm, request.form)
    if isinstance(typed, Refused):
        return _draw(typed, target, status=422)
    if holder is None:
        return _draw(Drawn(), target, status=422)
    try:
        if is_shared and holder.has_pin:
            check_pin(target, holder.person_id, typed.pin)
        is_set = _reset(holder.person_id, typed.password)
    except AppError as refusal:
        at = "password" if isinstance(refusal, CodeNotEnough) else "pin"
        drawn = refused(request.form, ForgottenForm, refusal, at=at)
        return _draw(drawn, target, status=refusal.status)
    return page("accounts/enter/password_set.html", is_set=is_set)


def _reset(person_id: int, password: str) -> bool:
    password_hash = passwords.hash_of(password)
    with transaction(by=VISITOR) as work:
        return service.reset_password(
            work,
            token=entering.proof_token(),
            person_id=person_id,
            password_hash=password_hash,
            offices_need_factor=offices_need_factor(),
        )


def _proved_target() -> str | None:
    proof = entering.open_proof()
    if proof is None or not proof.is_proved or proof.purpose != Purpose.RESET:
        return None
    return proof.target


def _holder(target: str) -> tuple[PersonBehind | None, bool]:
    with reading() as session:
        people = queries.people_behind(session, target)
    return next((one for one in people if one.is_holder), None), len(people) > 1


def _draw(drawn: Drawn, target: str, *, status: int) -> Response:
    holder, is_shared = _holder(target)
    return page(
        "accounts/enter/new_password.html",
        status=status,
        form=drawn,
        holder=holder,
        asks_pin=is_shared and holder is not None and holder.has_pin,
    )
