"""`/account`: the page of one's own account, its devices and its password."""

from datetime import datetime

from apiflask import APIBlueprint
from flask import Response, request

from accounts import passwords, queries, service
from accounts.errors import CurrentWrong, DeviceGone
from accounts.forms import ChangeForm, ChangePasswordForm, DeviceForm
from accounts.hashing import hash_of_secret
from accounts.routes import asking
from accounts.rules import Act
from accounts.web import answer_once, requires, signed_in
from core import clock
from core.display import clock_and_day
from core.errors import NotFound
from core.forms import Drawn, Refused, read, refused
from core.guard import SESSION_COOKIE
from core.language import current_language
from core.limits import TooManyTries
from core.pages import page
from core.photos.serving import SHOWN_WIDTH, private_answer
from core.slots import fill
from core.work import Work, reading

bp = APIBlueprint("account", __name__, enable_openapi=False)
PATH = "/account"


@bp.get(PATH)
@requires(Act.MANAGE_ACCOUNT)
def home() -> Response:
    """What there is of the account, section by section; what waits can be stopped here."""
    person_id = signed_in().person_id
    with reading() as session:
        sections = fill("account.sections", session, [person_id])[person_id]
        changes = queries.waiting_changes(session, person_id)
    return page(
        "accounts/account/home.html",
        sections=sections,
        changes=changes,
        said=_said,
        who=signed_in(),
    )


@bp.post("/account/changes/stop")
@requires(Act.MANAGE_ACCOUNT)
def stop() -> Response:
    """Stop a new password or number that waits."""
    form = read(ChangeForm, request.form)
    if isinstance(form, Refused):
        return home()

    def effect(work: Work) -> str:
        service.stop_change(work, person_id=signed_in().person_id, public_id=form.change)
        return PATH

    return answer_once(effect)


@bp.get("/account/paper-changes/<public_id:public_id>")
@requires(Act.MANAGE_ACCOUNT)
def paper(public_id: str) -> Response:
    """The paper an officer saw, to who directed until then and to who directs since."""
    with reading() as session:
        found = queries.paper_about(session, public_id, person_id=signed_in().person_id)
    if found is None:
        raise NotFound("no paper about this person")
    return private_answer(found, width=SHOWN_WIDTH, filename=f"giay-{public_id}")


@bp.get("/account/devices")
@requires(Act.MANAGE_ACCOUNT)
def devices() -> Response:
    """Where one is signed in."""
    with reading() as session:
        listed = queries.devices_of(
            session, signed_in().person_id, key_hash=_this(), now=clock.now()
        )
    return page("accounts/account/devices.html", devices=listed, said=_said)


@bp.post("/account/devices/out")
@requires(Act.MANAGE_ACCOUNT)
def sign_out_one() -> Response:
    """End one sign-in of one's own; that of this device by the button every page has."""
    form = read(DeviceForm, request.form)
    if isinstance(form, Refused):
        raise DeviceGone("no device named")

    def effect(work: Work) -> str:
        service.sign_out_one(work, person_id=signed_in().person_id, device=form.device)
        return "/account/devices"

    return answer_once(effect)


@bp.post("/account/devices/out-everywhere")
@requires(Act.MANAGE_ACCOUNT)
def sign_out_everywhere() -> Response:
    """End every sign-in but this one."""

    def effect(work: Work) -> str:
        service.sign_out_everywhere(work, person_id=signed_in().person_id, but=_this())
        return "/account/devices"

    return answer_once(effect)


@bp.get("/account/password")
@requires(Act.MANAGE_ACCOUNT)
def password() -> Response:
    """Ask for a new password."""
    return _draw_password(Drawn(), status=200)


@bp.post("/account/password")
@requires(Act.MANAGE_ACCOUNT)
def save_password() -> Response:
    """Set it; one stays signed in here alone. Without the old one it may have to wait."""
    form = read(ChangePasswordForm, request.form)
    if isinstance(form, Refused):
        return _draw_password(form, status=422)
    person_id = signed_in().person_id
    try:
        is_sure = _knows_password(person_id, form.current)
    except (TooManyTries, CurrentWrong) as refusal:
        drawn = refused(request.form, ChangePasswordForm, refusal, at="current")
        return _draw_password(drawn, status=refusal.status)
    password_hash = passwords.hash_of(form.password)

    def effect(work: Work) -> str:
        service.change_password(
            work,
            person_id=person_id,
            password_hash=password_hash,
            key_hash=_this(),
            is_sure=is_sure,
        )
        return PATH

    return answer_once(effect)


def _knows_password(person_id: int, typed: str) -> bool:
    """Whether the old password was typed; nobody tries here more often than where it is asked for.

    Raises:
        TooManyTries: from here, on this account, or both.
        CurrentWrong: something else was typed.
    """
    with reading() as session:
        stored = queries.password_hash_of(session, person_id)
    if not typed:
        return False
    asking.take_try(person_id)
    if not passwords.is_right(typed, stored):
        raise CurrentWrong("wrong old password")
    asking.forgive(person_id)
    return True


def _draw_password(drawn: Drawn, *, status: int) -> Response:
    with reading() as session:
        account = queries.own_account(session, signed_in().person_id)
    return page("accounts/account/password.html", status=status, form=drawn, account=account)


def _this() -> str:
    return hash_of_secret(request.cookies[SESSION_COOKIE])


def _said(at: datetime) -> str:
    return clock_and_day(at, current_language())
