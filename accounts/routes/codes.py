"""Asking for a one-time code and typing it: the first two steps of signing up and of the way in."""

from collections.abc import Callable, Mapping

from apiflask import APIBlueprint
from flask import Response, request

from accounts import queries, service
from accounts.codes import Purpose, typed_digits
from accounts.errors import CodeDead, CodeWrong, NoCarrier, NoMessagesThere, SignInMalformed
from accounts.forms import AskCodeForm, CodeForm
from accounts.names import as_written, sign_in_name, takes_messages
from accounts.queries import OpenProof
from accounts.routes import entering, who_is_using
from core import clock
from core.dispatch import has_carrier
from core.errors import AppError
from core.forms import Drawn, Refused, blank, read, refused
from core.guard import anonymous_form
from core.limits import Limit, misses, network_of
from core.pages import page
from core.redirects import see_other
from core.work import VISITOR, reading, transaction

bp = APIBlueprint("codes", __name__, enable_openapi=False)

# A whole village may ask behind one address: what was proved is given back.
ASKS_BY_NETWORK = Limit("code_asks", ("30/10minutes", "100/1hour"))
TRIES_BY_NETWORK = Limit("code_tries", ("60/10minutes", "200/1hour"))

# What comes after the right code, by what it was asked for.
STEPS: Mapping[Purpose, Callable[[str, str], Response]] = {
    Purpose.ENTER: who_is_using.proved,
    Purpose.RESET: lambda _token, _target: see_other("/password/forgotten/new"),
}


@bp.get("/sign-up")
def sign_up() -> Response:
    """The first step of signing up: a number or an address."""
    return _draw_ask(blank(sign_in=request.args.get("sign_in")), status=200)


@bp.get("/sign-in/code")
def sign_in() -> Response:
    """The same for whoever comes back without a password."""
    return _draw_ask(Drawn(), status=200)


@bp.post("/sign-up")
@anonymous_form
def ask_to_sign_up() -> Response:
    """Send a code."""
    return _ask(Purpose.ENTER)


@bp.post("/sign-in/code")
@anonymous_form
def ask_to_sign_in() -> Response:
    """Send a code. Whether anybody is known by the number is told only after it."""
    return _ask(Purpose.ENTER)


@bp.get("/password/forgotten")
def forgotten() -> Response:
    """The first step to a new password."""
    return _draw_ask(Drawn(), status=200)


@bp.post("/password/forgotten")
@anonymous_form
def ask_to_reset() -> Response:
    """Send a code."""
    return _ask(Purpose.RESET)


@bp.get("/code")
def form() -> Response:
    """Where the code is typed: the same page after a look into the messages."""
    proof = entering.open_proof()
    if proof is None or proof.purpose not in STEPS:
        return see_other(entering.step("/sign-in/code"))
    if proof.is_proved:
        return STEPS[Purpose(proof.purpose)](entering.proof_token(), proof.target)
    return _draw_code(Drawn(), proof, status=200)


@bp.post("/code")
@anonymous_form
def prove() -> Response:
    """Compare the code and lead on."""
    proof = entering.open_proof()
    if proof is None or proof.purpose not in STEPS:
        return entering.begin_again()
    typed = read(CodeForm, request.form)
    if isinstance(typed, Refused):
        return _draw_code(typed, proof, status=422)
    token, purpose = entering.proof_token(), Purpose(proof.purpose)
    misses().refuse(TRIES_BY_NETWORK, _network())
    with transaction(by=VISITOR) as work:
        tried = service.try_code(work, token=token, purpose=purpose, code=typed_digits(typed.code))
    if tried.refusal:
        return _refuse(tried.refusal, proof)
    misses().give_back(ASKS_BY_NETWORK, _network())
    return STEPS[purpose](token, tried.target)


@bp.post("/code/again")
@anonymous_form
def again() -> Response:
    """Send a new code to the same number; the one before it is of no use to this browser."""
    proof = entering.open_proof()
    if proof is None or proof.purpose not in STEPS:
        return entering.begin_again()
    try:
        return _send(Purpose(proof.purpose), proof.target)
    except AppError as refusal:
        drawn = refused(request.form, CodeForm, refusal, at="code")
        return _draw_code(drawn, proof, status=refusal.status)


def _ask(purpose: Purpose) -> Response:
    if entering.only_carries():
        return _draw_ask(Drawn(), status=200)
    typed = read(AskCodeForm, request.form)
    if isinstance(typed, Refused):
        return _draw_ask(typed, status=422)
    try:
        return _send(purpose, sendable(typed.sign_in))
    except AppError as refusal:
        drawn = refused(request.form, AskCodeForm, refusal, at="sign_in")
        return _draw_ask(drawn, status=refusal.status)


def sendable(typed: str) -> str:
    """The number or address as it is stored.

    Raises:
        SignInMalformed, NoMessagesThere, NoCarrier: no code can reach it.
    """
    name = sign_in_name(typed)
    if name is None:
        raise SignInMalformed("malformed sign-in", sign_in=typed)
    if not takes_messages(name):
        raise NoMessagesThere("a landline")
    if not has_carrier(name):
        raise NoCarrier("nobody carries it")
    return name


def _send(purpose: Purpose, target: str) -> Response:
    misses().refuse(ASKS_BY_NETWORK, _network())  # One that is refused counts nowhere.
    misses().take(ASKS_BY_NETWORK, _network())
    with transaction(by=VISITOR) as work:
        token = service.ask_code(work, purpose=purpose, target=target)
    if not entering.draft():
        return entering.go_with_proof(entering.step("/code"), token)
    with reading() as session:  # A redirect would lose what was typed.
        proof = queries.open_proof(session, token=token, now=clock.now())
    assert proof is not None, "it was asked for just now"
    return entering.with_proof(_draw_code(Drawn(), proof, status=200), token)


def _refuse(refusal: CodeWrong | CodeDead, proof: OpenProof) -> Response:
    misses().count(TRIES_BY_NETWORK, _network())
    drawn = refused(request.form, CodeForm, refusal, at="code")
    return _draw_code(drawn, proof, status=422)


def _draw_ask(drawn: Drawn, *, status: int) -> Response:
    return page(
        "accounts/enter/ask.html",
        status=status,
        form=drawn,
        path=request.path,
        next_path=entering.wish(),
        draft=entering.draft(),
    )


def _draw_code(drawn: Drawn, proof: OpenProof, *, status: int) -> Response:
    return page(
        "accounts/enter/code.html",
        status=status,
        form=drawn,
        target=as_written(proof.target),
        is_mail="@" in proof.target,
        again_path=_another_number(proof),
        next_path=entering.wish(),
        draft=entering.draft(),
    )


def _another_number(proof: OpenProof) -> str:
    if proof.purpose != Purpose.ENTER:
        return "/password/forgotten"
    return "/sign-in/code" if entering.draft() else "/sign-up"  # Who was sending has an account.


def _network() -> str:
    return network_of(request.remote_addr)
