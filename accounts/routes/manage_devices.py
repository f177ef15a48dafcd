"""`/manage/devices`: the browsers an enterprise used before; which count, and which no more."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import here, queries, service
from accounts.codes import Purpose, typed_digits
from accounts.confirming import factor_confirmed
from accounts.device_errors import OthersConfirm
from accounts.device_rules import counts_from
from accounts.errors import CodeDead
from accounts.forms import CodeForm
from accounts.names import as_written, takes_messages
from accounts.queries import DeviceFacts
from accounts.routes import entering, moments
from accounts.routes.codes import ASKS_BY_NETWORK, TRIES_BY_NETWORK
from accounts.rules import TABLE, Act, Role
from accounts.web import acting, answer_once, enterprise_id, may, own, requires, signed_in, writing
from core import clock
from core.dispatch import has_carrier
from core.errors import AppError
from core.forms import Drawn, Refused, read, refused
from core.limits import misses, network_of
from core.pages import page
from core.redirects import see_other
from core.work import Work, reading, transaction

bp = APIBlueprint("manage_devices", __name__, enable_openapi=False)
PATH = "/manage/devices"
# Members alone: a helper's device is never the enterprise's, and a learner's asks nobody.
STICKERS = tuple(
    role
    for role in Role
    if Act.ACTIVATE_STAMPS in TABLE[role] and role not in {Role.HELPER, Role.LEARNER}
)


@bp.get(PATH)
@requires(Act.READ_MEMBERS)
def listed() -> Response:
    """The browsers that count or will, how this one stands, and the way to let it count."""
    return _draw(Drawn(), status=200)


@bp.post(f"{PATH}/code")
@requires(Act.ACTIVATE_STAMPS)
def ask_code() -> Response:
    """Send a code to the number on record, where nobody else could confirm."""
    _refuse_where_others_could()
    target = "" if _has_old_factor() else _reachable()
    if not target:
        raise OthersConfirm("the second factor is asked for, or no code arrives")
    network = network_of(request.remote_addr)
    misses().refuse(ASKS_BY_NETWORK, network)
    misses().take(ASKS_BY_NETWORK, network)
    try:
        with transaction(by=acting()) as work:
            person_id = signed_in().person_id
            token = service.ask_code(
                work, purpose=Purpose.DEVICE, target=target, person_id=person_id
            )
    except AppError as refusal:
        drawn = refused(request.form, CodeForm, refusal, at="code")
        return _draw(drawn, status=refusal.status)
    return entering.go_with_proof(entering.step(PATH), token)


@bp.post(f"{PATH}/known")
@requires(Act.ACTIVATE_STAMPS)
@factor_confirmed
def know() -> Response:
    """Let this browser count from now on: by the code, or by the second factor just shown."""
    _refuse_where_others_could()
    if not _has_old_factor():
        typed = read(CodeForm, request.form)
        if isinstance(typed, Refused):
            return _draw(typed, status=422)
        try:
            _use_code(typed.code)
        except AppError as refusal:
            drawn = refused(request.form, CodeForm, refusal, at="code")
            return _draw(drawn, status=refusal.status)
    with writing() as work:
        here.know_here(work)
    return see_other(entering.wish() or PATH)


@bp.post(f"{PATH}/<public_id:public_id>/end")
@requires(Act.MANAGE_MEMBERS)
def end(public_id: str) -> Response:
    """Let a browser count no more: “máy này không còn của nhà”."""
    with reading() as session:
        own(queries.enterprise_device(session, public_id))

    def effect(work: Work) -> str:
        service.end_device(work, enterprise_id=enterprise_id(), public_id=public_id)
        return PATH

    return answer_once(effect)


def _refuse_where_others_could() -> None:
    """Return where nobody else could confirm what is asked from this browser.

    Raises:
        OthersConfirm: somebody could, or a helper or learner asks.
    """
    if here.role() not in STICKERS or _others():
        raise OthersConfirm("this browser is not let in by oneself")


def _use_code(code: str) -> None:
    """Return if the code this browser asked for, for whoever is signed in, is right.

    Raises:
        CodeWrong, CodeDead: it is not.
        TooManyTries: from this network.
    """
    if not _is_waiting_for_code():  # A code that came to somebody else's number shows nothing here.
        raise CodeDead("no code, or another's")
    network, token = network_of(request.remote_addr), entering.proof_token()
    misses().refuse(TRIES_BY_NETWORK, network)
    with transaction(by=acting()) as work:
        tried = service.try_code(work, token=token, purpose=Purpose.DEVICE, code=typed_digits(code))
        if tried.refusal is None:
            service.use_proof(work, token=token, purpose=Purpose.DEVICE)
    if tried.refusal:
        misses().count(TRIES_BY_NETWORK, network)
        raise tried.refusal
    misses().give_back(ASKS_BY_NETWORK, network)


def _others() -> list[str]:
    """Who else could confirm, by name."""
    with reading() as session:
        return queries.others_who_could(
            session,
            enterprise_id(),
            but=signed_in().person_id,
            roles=STICKERS,
            now=clock.now(),
        )


def _has_old_factor() -> bool:
    """Whether the person has had a second factor for as long as a device takes to count.

    A younger one shows nothing: whoever holds a stolen password may add the first one at once.
    """
    if not signed_in().has_factor:
        return False
    now = clock.now()
    with reading() as session:
        factors = queries.own_factors(session, signed_in().person_id)
    return any(counts_from(factor.added_at) <= now for factor in factors)


def _reachable() -> str:
    """The first number or address of the person's that a code reaches; empty where none does."""
    with reading() as session:
        phones = queries.phones_of(session, signed_in().person_id)
    reached = (one for one in phones if takes_messages(one) and has_carrier(one))
    return next(reached, "")


def _is_waiting_for_code() -> bool:
    proof = entering.open_proof()
    mine = signed_in().person_id
    return proof is not None and (proof.purpose, proof.person_id) == (Purpose.DEVICE, mine)


def _draw(drawn: Drawn, *, status: int) -> Response:
    now = clock.now()
    with reading() as session:
        facts: DeviceFacts = here.facts_here(session)
        devices = queries.devices_of_enterprise(
            session, enterprise_id(), browser_hash=here.browser_hash()
        )
    alone = not facts.is_known(now) and not facts.is_first_day(now) and here.role() in STICKERS
    others = _others() if alone else []
    target = _reachable() if alone and not others else ""
    return page(
        "accounts/manage/devices.html",
        status=status,
        form=drawn,
        devices=devices,
        facts=facts,
        now=now,
        alone=alone,
        others=others,
        target=as_written(target) if target else "",
        waits_for_code=_is_waiting_for_code(),
        has_factor=alone and _has_old_factor(),
        may_end=may(Act.MANAGE_MEMBERS),
        next_path=entering.wish(),
        said=moments.moment_words,
    )
