"""`/account/confirm`: who it is, asked again before what touches people or second factors."""

from urllib.parse import urlencode

from apiflask import APIBlueprint
from flask import Response, request

from accounts import drafts, passwords, queries, service
from accounts.factor_errors import ConfirmNeeded, FactorNeeded, PasskeyRefused, ShownWrong
from accounts.forms import ConfirmForm
from accounts.routes import asking, entering
from accounts.rules import Act
from accounts.web import acting, key_hash, leads_to_factor, requires, signed_in
from core.errors import AppError
from core.forms import Drawn, Refused, read, refused
from core.guard import SAFE_METHODS
from core.limits import TooManyTries
from core.pages import page
from core.redirects import local_path, see_other
from core.work import reading, transaction

bp = APIBlueprint("confirm", __name__, enable_openapi=False)
PATH = "/account/confirm"


@bp.get(PATH)
@requires(Act.MANAGE_ACCOUNT)
@leads_to_factor
def form() -> Response:
    """Ask for the strongest thing the person has."""
    return _draw(Drawn(), status=200, next_path=request.args.get("next", ""))


@bp.post(PATH)
@requires(Act.MANAGE_ACCOUNT)
@leads_to_factor
def confirm() -> Response:
    """Take it, and lead on to what was going to be done."""
    next_path, draft = request.form.get("next", ""), request.form.get("draft", "")
    typed = read(ConfirmForm, request.form)
    if isinstance(typed, Refused):
        return _draw(typed, status=422, next_path=next_path, draft=draft)
    someone = signed_in()
    try:
        asking.take_try(someone.person_id)
        is_right = _by_factor(typed) if someone.has_factor else _by_password(typed)
        if not is_right:
            raise PasskeyRefused if typed.answer else ShownWrong
    except (TooManyTries, PasskeyRefused, ShownWrong) as refusal:
        at = "code" if someone.has_factor else "password"
        drawn = refused(request.form, ConfirmForm, refusal, at=at)
        return _draw(drawn, status=refusal.status, next_path=next_path, draft=draft)
    asking.forgive(someone.person_id)
    carried = drafts.opened(draft)
    if carried is not None:
        return page("accounts/continue.html", draft=carried)
    return see_other(local_path(next_path) if next_path else "/account/security")


@bp.app_errorhandler(ConfirmNeeded)
def ask(_refusal: AppError) -> Response:
    """Ask to confirm, then lead back: to the page, or to the form with all that was typed."""
    if request.method in SAFE_METHODS:
        here = urlencode({"next": request.full_path.rstrip("?")})
        return see_other(f"{PATH}?{here}")
    return _draw(Drawn(), status=403, draft=drafts.carried())


@bp.app_errorhandler(FactorNeeded)
def lead_to_factor(_refusal: AppError) -> Response:
    """Lead to the one page that is open before there is a second factor."""
    return see_other("/account/security")


def _by_factor(typed: ConfirmForm) -> bool:
    shows = asking.shows(code=typed.code, answer=typed.answer, about=_about())
    with transaction(by=acting()) as work:
        is_right = shows(work, signed_in().person_id)
        if is_right:
            service.confirm_sign_in(work, key_hash=key_hash())
    return is_right


def _by_password(typed: ConfirmForm) -> bool:
    with reading() as session:
        stored = queries.password_hash_of(session, signed_in().person_id)
    if stored is None or not passwords.is_right(typed.password, stored):
        return False
    with transaction(by=acting()) as work:
        service.confirm_sign_in(work, key_hash=key_hash())
    return True


def _about() -> str:
    return f"confirm {key_hash()}"


def _draw(drawn: Drawn, *, status: int, next_path: str = "", draft: str = "") -> Response:
    person_id = signed_in().person_id
    with reading() as session:
        factors = queries.own_factors(session, person_id)
        account = queries.own_account(session, person_id)
    next_path = next_path[: entering.LONGEST_PATH]
    return page(
        "accounts/security/confirm.html",
        status=status,
        form=drawn,
        has_app=any(one.kind == "totp" for one in factors),
        has_factor=bool(factors),
        options=asking.passkey_options(factors, _about()),
        has_password=account.has_password,
        next_path=local_path(next_path) if next_path else "",
        draft=draft,
    )
