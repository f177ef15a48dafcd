"""Signing in and out. A form sent after a sign-in ended waits through every step."""

from urllib.parse import urlencode

from apiflask import APIBlueprint
from flask import Response, current_app, request

from accounts import drafts, passwords, queries, service
from accounts.codes import Purpose
from accounts.errors import SignInRefused
from accounts.forms import SignInForm
from accounts.hashing import hash_of_secret
from accounts.names import sign_in_name
from accounts.routes import entering, who_is_using
from accounts.second_rules import First
from accounts.sessions import clear_key
from core.errors import AppError, SignInNeeded
from core.forms import Drawn, Refused, read, refused
from core.guard import SAFE_METHODS, SESSION_COOKIE, anonymous_form
from core.limits import Limit, TooManyTries, misses, network_of
from core.pages import page
from core.redirects import see_other
from core.work import VISITOR, Work, reading, transaction

bp = APIBlueprint("sign_in", __name__, enable_openapi=False)

# A village may sign in behind one address, so only misses count; each window longer than the last
# makes the wait grow, an hour at most: nobody is locked out for ever.
BY_ADDRESS = Limit("sign_in_address", ("20/1minute", "60/10minutes", "200/1hour"))
BY_ACCOUNT_HERE = Limit("sign_in_account_here", ("5/1minute", "15/10minutes", "40/1hour"))
# For those who try from many addresses. One address reaches 40 of it, so no single one can keep
# the owner, who comes from another, out.
BY_ACCOUNT = Limit("sign_in_account", ("100/1hour",))


@bp.get("/sign-in")
def form() -> Response:
    """The sign-in page; in the demo with people one can tap."""
    return _draw(Drawn(), status=200)


@bp.post("/sign-in")
@anonymous_form
def begin() -> Response:
    """Sign in: a new key for the browser, then back to where the person was going."""
    if entering.only_carries():
        return _draw(Drawn(), status=200)
    typed = read(SignInForm, request.form)
    if isinstance(typed, Refused):
        return _draw(typed, status=422)
    name = sign_in_name(typed.sign_in) or typed.sign_in.lower()
    try:
        person_id, password_hash = _compare(name, typed.password)
        if _is_shared(name):  # Whoever knows the password may still be any of several.
            return _ask_who(name)
        return entering.enter(
            _by_password(person_id, password_hash),
            first=First.PASSWORD,
        )
    except (TooManyTries, SignInRefused) as refusal:
        drawn = refused(request.form, SignInForm, refusal, at="sign_in")
        return _draw(drawn, status=refusal.status)


@bp.post("/sign-out")
def end() -> Response:
    """Sign out: the row ends, so a copy of the cookie is dead too."""
    key = request.cookies.get(SESSION_COOKIE)
    if key:
        with transaction(by=VISITOR) as work:
            service.sign_out(work, key_hash=hash_of_secret(key))
    response = see_other("/")
    clear_key(response)
    # What forms kept in this browser until the server had it (static/ui/kept.js) goes too.
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@bp.app_errorhandler(SignInNeeded)
def ask(_refusal: AppError) -> Response:
    """Ask to sign in, then lead back: to the page, or to the form with all that was typed."""
    if request.method in SAFE_METHODS:
        return see_other(f"/sign-in?{_next_query(request.full_path)}")
    return _draw(Drawn(), status=401, draft=drafts.carried())


def _compare(name: str, password: str) -> tuple[int, str]:
    """Whose password it is: the id, and the hash it was compared with.

    Raises:
        TooManyTries: of this account or from this address.
        SignInRefused: unknown or wrong; it takes the same time either way.
    """
    network = network_of(request.remote_addr)
    _take_try(network, name)
    with reading() as session:
        person_id, stored = queries.password_of(session, name) or (0, None)
    if not passwords.is_right(password, stored) or stored is None:
        raise SignInRefused("unknown or wrong")
    _forgive(network, name)
    return person_id, stored


def _by_password(person_id: int, password_hash: str) -> entering.Prove:
    def prove(work: Work) -> int:
        service.refuse_changed_password(work, person_id=person_id, password_hash=password_hash)
        return person_id

    return prove


def _is_shared(name: str) -> bool:
    with reading() as session:
        return len(queries.people_behind(session, name)) > 1


def _ask_who(name: str) -> Response:
    with transaction(by=VISITOR) as work:
        token = service.proved_otherwise(work, purpose=Purpose.ENTER, target=name)
    if entering.draft():  # A redirect would lose what was typed.
        return entering.with_proof(who_is_using.drawn_for(name), token)
    return entering.go_with_proof(entering.step("/sign-in/person"), token)


def _take_try(network: str, name: str) -> None:
    """Count a try before the slow comparison: a hundred at once are a hundred.

    Raises:
        TooManyTries: of this account from here, of this account at all, or from this address.
    """
    limits = ((BY_ADDRESS, network), (BY_ACCOUNT_HERE, _here(network, name)), (BY_ACCOUNT, name))
    for limit, key in limits:  # First all of them: a try that is refused counts nowhere.
        misses().refuse(limit, key)
    for limit, key in limits:
        misses().take(limit, key)


def _forgive(network: str, name: str) -> None:
    """It was no miss. Only what was missed on this account from here is forgotten with it.

    Otherwise an attacker's own account, or the owner's coming and going, would wipe the counts.
    """
    misses().give_back(BY_ADDRESS, network)
    misses().give_back(BY_ACCOUNT, name)
    misses().forget(BY_ACCOUNT_HERE, _here(network, name))


def _here(network: str, name: str) -> str:
    return f"{network} {name}"


def _draw(drawn: Drawn, *, status: int, draft: str | None = None) -> Response:
    people = []
    if current_app.config["SETTINGS"].is_demo:
        with reading() as session:
            people = queries.demo_people(session)
    return page(
        "accounts/sign_in.html",
        status=status,
        form=drawn,
        next_path=request.values.get("next", "")[:2000],
        draft=entering.draft() if draft is None else draft,
        interrupted=status == SignInNeeded.status,
        people=people,
        demo_password=queries.DEMO_PASSWORD,
    )


def _next_query(path: str) -> str:
    return urlencode({"next": path.rstrip("?")})
