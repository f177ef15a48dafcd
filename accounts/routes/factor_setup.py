"""Adding an authenticator app or a passkey."""

from apiflask import APIBlueprint
from flask import Response, current_app, request
from markupsafe import Markup

from accounts import queries, service
from accounts.codes import typed_digits
from accounts.confirming import confirmed
from accounts.devices import device_of
from accounts.factor_errors import ShownWrong
from accounts.forms import PasskeyForm, TotpForm
from accounts.routes import asking, security
from accounts.rules import Act
from accounts.totp import grouped, matching_step, secret_of, setup_uri
from accounts.web import answer_once, key_hash, leads_to_factor, requires, signed_in
from core import qr
from core.errors import AppError
from core.forms import Drawn, Refused, blank, read, refused
from core.language import gettext
from core.pages import page
from core.sealing import SealBroken, sealer
from core.work import Work, reading

bp = APIBlueprint("factor_setup", __name__, enable_openapi=False)
APP = "/account/security/app"
PASSKEY = "/account/security/passkey"


@bp.get(APP)
@requires(Act.MANAGE_ACCOUNT)
@leads_to_factor
@confirmed
def app_form() -> Response:
    """The square code to photograph with the app, and its first code asked for."""
    return _draw_app(blank(name=_device()), _new_secret(), status=200)


@bp.post(APP)
@requires(Act.MANAGE_ACCOUNT)
@leads_to_factor
@confirmed
def add_app() -> Response:
    """Add the app whose code proves that it has the secret."""
    typed = read(TotpForm, request.form)
    secret = _drawn_secret()
    if isinstance(typed, Refused):
        return _draw_app(typed, secret, status=422)

    def effect(work: Work) -> str:
        step = matching_step(secret, typed_digits(typed.code), work.now)
        if step is None:
            raise ShownWrong("the app's code does not match")
        factor = service.new_totp(
            person_id=signed_in().person_id,
            name=typed.name,
            secret=secret,
            step=step,
            sealer=sealer(),
        )
        return security.take(work, factor)

    try:
        return answer_once(effect)
    except AppError as refusal:
        drawn = refused(request.form, TotpForm, refusal, at="code")
        return _draw_app(drawn, secret, status=refusal.status)


@bp.get(PASSKEY)
@requires(Act.MANAGE_ACCOUNT)
@leads_to_factor
@confirmed
def passkey_form() -> Response:
    """The button that has the browser make a passkey; without script, what to do instead."""
    return _draw_passkey(blank(name=_device()), status=200)


@bp.post(PASSKEY)
@requires(Act.MANAGE_ACCOUNT)
@leads_to_factor
@confirmed
def add_passkey() -> Response:
    """Add the passkey the browser made."""
    typed = read(PasskeyForm, request.form)
    if isinstance(typed, Refused):
        return _draw_passkey(typed, status=422)

    def effect(work: Work) -> str:
        factor = service.new_passkey(
            work,
            person_id=signed_in().person_id,
            name=typed.name,
            answer=typed.answer,
            asked=asking.asked(_about_passkey()),
        )
        return security.take(work, factor)

    try:
        return answer_once(effect)
    except AppError as refusal:
        drawn = refused(request.form, PasskeyForm, refusal, at="answer")
        return _draw_passkey(drawn, status=refusal.status)


def _new_secret() -> str:
    """The same on a reload: a small phone drops this page while the app is open."""
    someone = signed_in()
    drawn_for = f"{key_hash()} {someone.confirmed_at}"
    return secret_of(sealer().digest(drawn_for, about=f"totp setup of {someone.person_id}"))


def _drawn_secret() -> str:
    """The secret the form was drawn with, or a new one where that does not open."""
    try:
        return sealer().open(request.form.get("secret", ""), about=_about_app())
    except SealBroken:
        return _new_secret()


def _about_app() -> str:
    return f"totp setup of {signed_in().person_id}"


def _about_passkey() -> str:
    return f"passkey setup {key_hash()}"


def _device() -> str:
    return device_of(request.headers.get("User-Agent", ""))


def _draw_app(drawn: Drawn, secret: str, *, status: int) -> Response:
    uri = setup_uri(secret, name=_own_name(), host=current_app.config["SETTINGS"].host)
    label = gettext("Mã vuông cho ứng dụng tạo mã")
    return page(
        "accounts/security/app.html",
        status=status,
        form=drawn,
        sealed=sealer().seal(secret, about=_about_app()),
        secret=grouped(secret),
        square=Markup(qr.svg(uri, label)),  # noqa: S704  # Our own drawing: numbers and a label.
        uri=uri,
    )


def _draw_passkey(drawn: Drawn, *, status: int) -> Response:
    someone = signed_in()
    with reading() as session:
        factors = queries.own_factors(session, someone.person_id)
        user_id = queries.people_named(session, [someone.person_id])[someone.person_id].public_id
    return page(
        "accounts/security/passkey.html",
        status=status,
        form=drawn,
        options=asking.setup_options(factors, _about_passkey(), user_id=user_id, name=someone.name),
    )


def _own_name() -> str:
    with reading() as session:
        account = queries.own_account(session, signed_in().person_id)
    return account.sign_in or account.name
