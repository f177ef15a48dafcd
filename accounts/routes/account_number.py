"""Moving one's account to a new number or address."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import queries, service
from accounts.codes import Purpose, typed_digits
from accounts.confirming import factor_confirmed
from accounts.forms import NumberCodesForm, NumberForm
from accounts.names import as_written, takes_messages
from accounts.routes import entering
from accounts.routes.codes import sendable
from accounts.rules import Act
from accounts.web import acting, key_hash, requires, signed_in
from core import clock
from core.errors import AppError
from core.forms import Drawn, Refused, blank, read, refused
from core.pages import page
from core.redirects import see_other
from core.work import Work, reading, transaction

bp = APIBlueprint("account_number", __name__, enable_openapi=False)
PATH = "/account/number"
CODES = "/account/number/codes"


@bp.get(PATH)
@requires(Act.MANAGE_ACCOUNT)
@factor_confirmed
def form() -> Response:
    """Ask for the new number."""
    return _draw(blank(old="here"), status=200)


@bp.post(PATH)
@requires(Act.MANAGE_ACCOUNT)
@factor_confirmed
def ask() -> Response:
    """Send a code to the new number, and to the old one where it is still in hand."""
    typed = read(NumberForm, request.form)
    if isinstance(typed, Refused):
        return _draw(typed, status=422)
    own, person_id = _own(), signed_in().person_id
    try:
        target = sendable(typed.sign_in)
        with transaction(by=acting()) as work:
            new = service.ask_code(
                work, purpose=Purpose.MOVE_TO, target=target, person_id=person_id
            )
            old = ""
            if own is not None and typed.old == "here" and takes_messages(own):
                old = service.ask_code(
                    work, purpose=Purpose.MOVE_FROM, target=own, person_id=person_id
                )
    except AppError as refusal:
        drawn = refused(request.form, NumberForm, refusal, at="sign_in")
        return _draw(drawn, status=refusal.status)
    return entering.go_with_proof(CODES, f"{new}.{old}")


@bp.get(CODES)
@requires(Act.MANAGE_ACCOUNT)
@factor_confirmed
def codes() -> Response:
    """Where the codes are typed."""
    return _draw_codes(Drawn(), status=200)


@bp.post(CODES)
@requires(Act.MANAGE_ACCOUNT)
@factor_confirmed
def move() -> Response:
    """Move at once with both codes, unless another device could be asked; else it waits."""
    typed = read(NumberCodesForm, request.form)
    if isinstance(typed, Refused):
        return _draw_codes(typed, status=422)
    new, _, old = entering.proof_token().partition(".")
    at = "code"
    try:
        _type_code(new, Purpose.MOVE_TO, typed.code)
        if old:
            at = "old_code"
            _type_code(old, Purpose.MOVE_FROM, typed.old_code)
        with transaction(by=acting()) as work:
            _take(work, new, old)
    except AppError as refusal:
        drawn = refused(request.form, NumberCodesForm, refusal, at=at)
        return _draw_codes(drawn, status=refusal.status)
    return see_other("/account")


def _take(work: Work, new: str, old: str) -> None:
    person_id = signed_in().person_id
    if old or _own() is None:
        service.move_number(
            work, person_id=person_id, old_token=old, new_token=new, key_hash=key_hash()
        )
        return
    target = service.use_proof(work, token=new, purpose=Purpose.MOVE_TO)
    service.ask_move(work, person_id=person_id, target=target)


def _type_code(token: str, purpose: Purpose, code: str) -> None:
    """Return if the code is right, now or before.

    Raises:
        CodeWrong, CodeDead: it is not.
    """
    if _is_proved(token, purpose):
        return
    with transaction(by=acting()) as work:
        tried = service.try_code(work, token=token, purpose=purpose, code=typed_digits(code))
    if tried.refusal:
        raise tried.refusal


def _is_proved(token: str, purpose: Purpose) -> bool:
    with reading() as session:
        proof = queries.open_proof(session, token=token, now=clock.now())
    return proof is not None and proof.is_proved and proof.purpose == purpose


def _own() -> str | None:
    with reading() as session:
        return queries.own_account(session, signed_in().person_id).sign_in


def _draw(drawn: Drawn, *, status: int) -> Response:
    own = _own()
    return page(
        "accounts/account/number.html",
        status=status,
        form=drawn,
        own=as_written(own) if own else "",
    )


def _draw_codes(drawn: Drawn, *, status: int) -> Response:
    new, _, old = entering.proof_token().partition(".")
    with reading() as session:
        proof = queries.open_proof(session, token=new, now=clock.now())
    if proof is None or proof.purpose != Purpose.MOVE_TO:
        return see_other(PATH)
    own = _own()
    return page(
        "accounts/account/number_codes.html",
        status=status,
        form=drawn,
        target=as_written(proof.target),
        own=as_written(own) if own else "",
        asks_old=bool(old),
        waits=own is not None and not old,
    )
