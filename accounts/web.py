"""For the routes of every feature: who asks, what they may, for whom they act."""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import IO, ParamSpec, TypeVar, cast

from flask import Flask, Response, current_app, request

from accounts import queries
from accounts.errors import ConsentEnded, ConsentRanOut, NoEnterprise
from accounts.factor_errors import FactorNeeded
from accounts.hashing import hash_of_secret
from accounts.names import as_written
from accounts.permissions import require
from accounts.rules import ENTERPRISE_ACTS, Act, Decision, Owned, Role, Scope, Who, decide
from accounts.service import hold_consent
from accounts.sessions import KeySessions
from accounts.team_errors import LeftTeam
from core import clock, display, ids
from core.answers import keep_answer, kept_answer, reserve_answer
from core.errors import AppError, Changed, NotFound
from core.guard import SAFE_METHODS, SESSION_COOKIE
from core.language import current_language
from core.redirects import see_other
from core.work import By, Work, reading, transaction

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", bound=Owned)
REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # Ours have 26; a program may send its own.
_WHO = "goc.who"  # Kept with the request: one look-up, and none on pages that never ask.
_ACT = "goc.act"
_TOKEN = "goc.token"  # noqa: S105  # A key of the request, no token.
_TOKEN_SINCE = "goc.token_since"  # noqa: S105  # The same.


def init_accounts(app: Flask) -> None:
    """Give the application its sessions, and templates the fields every form carries."""
    app.session_interface = KeySessions()
    app.jinja_env.globals["new_request_id"] = ids.token
    app.jinja_env.globals["acting_enterprise"] = _acting_enterprise
    app.jinja_env.globals["keeping_key"] = _keeping_key
    app.jinja_env.globals["as_written"] = as_written
    app.context_processor(_who_acts)


def who() -> Who | None:
    """Who is signed in; None without a living sign-in. Public pages never ask."""
    if _WHO not in request.environ:
        request.environ[_WHO] = _look_up()
    found: Who | None = request.environ[_WHO]
    return found


def act_as(someone: Who, act: Act, *, token: str, since_at: datetime | None = None) -> None:
    """Let the rest of this request ask as somebody whom a token names, not a cookie.

    `token` is what they call it, made at `since_at`: whatever is done is recorded with it.
    """
    request.environ[_WHO], request.environ[_ACT] = someone, act
    request.environ[_TOKEN], request.environ[_TOKEN_SINCE] = token, since_at


def token_since() -> datetime | None:
    """When the token by which a program asks was made; None where a person asks."""
    since_at: datetime | None = request.environ.get(_TOKEN_SINCE)
    return since_at


def requires(act: Act) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a route name its act: it runs only for somebody whose role includes it.

    A route about one object asks again with `own(found)` or `allow(thing)`. A form of /manage must
    besides have been drawn for the enterprise acted for now (hidden field `for_enterprise`). A form
    that was done already is answered as it was then, whatever the route finds in its way today.
    """

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            request.environ[_ACT] = act
            _require(act)
            if must_add_factor() and not getattr(view, "leads_to_factor", False):
                raise FactorNeeded(f"{act} before a second factor")
            if request.method in SAFE_METHODS:
                return view(*args, **kwargs)
            if act in ENTERPRISE_ACTS:
                _refuse_other_enterprise()
            return _unless_done(lambda: view(*args, **kwargs))

        guarded.act = act  # type: ignore[attr-defined]  # Read by the matrix test.
        return guarded

    return guard


def leads_to_factor(view: Callable[P, R]) -> Callable[P, R]:
    """Mark what somebody may do who must first add a second factor."""
    view.leads_to_factor = True  # type: ignore[attr-defined]  # Read by `requires`.
    return view


def offices_need_factor() -> bool:
    """Whether officers and the operator must have a second factor: everywhere but in the demo."""
    return not current_app.config["SETTINGS"].is_demo


def must_add_factor() -> bool:
    """Whether whoever asks holds an office and has no second factor where one is demanded."""
    someone = who()
    if someone is None or someone.has_factor or not someone.offices:
        return False
    return offices_need_factor()


def key_hash() -> str:
    """The hash of the key of this sign-in."""
    return hash_of_secret(request.cookies[SESSION_COOKIE])


@contextmanager
def writing() -> Iterator[Work]:
    """A transaction of whoever acts now; a helper's consent lives until it is committed.

    Raises:
        ConsentOver: the consent ended between the asking and the writing.
    """
    with transaction(by=acting()) as work:
        hold_consent(work)
        yield work


def allow(thing: Owned) -> None:
    """Ask leave for the route's act on `thing`: for an office's act, the `Ground` it stands on.

    Raises:
        NotFound: it is somebody else's.
        NotAllowed: the role does not include the act, or one would judge one's own.
    """
    require(who(), _act(), thing)


def own(found: T | None) -> T:
    """What a look-up by a public id found, if the route's act may be done to it.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    if found is None:
        raise NotFound("nothing has this id")
    allow(found)
    return found


def may(act: Act) -> bool:
    """Whether whoever asks may do `act` at all: a page offers only what its reader may do."""
    return decide(who(), act) is Decision.ALLOWED


def acting() -> By:
    """Who acts, for events and audit rows: an officer's act is done for no enterprise."""
    someone = signed_in()
    token: str = request.environ.get(_TOKEN, "")
    is_for_enterprise = _act() in ENTERPRISE_ACTS
    if not is_for_enterprise or someone.acting is None:
        return By("person", someone.person_id, token=token)
    return By(
        "person",
        someone.person_id,
        enterprise_id=someone.acting.enterprise_id,
        consent_id=someone.acting.consent_id,
        token=token,
    )


def signed_in() -> Who:
    """Who asks, in a route that has named its act."""
    someone = who()
    assert someone is not None, "the route named no act"
    return someone


def enterprise_id() -> int:
    """The enterprise acted for, in a route whose act is an enterprise's."""
    id_ = signed_in().enterprise_id
    assert id_ is not None, "the route's act is not an enterprise's"
    return id_


def answer_once(effect: Callable[[Work], str]) -> Response:
    """Run `effect` in one transaction and go where it says (303), once for each `request_id`.

    The same form again is sent to the same place without a second effect.

    Raises:
        Changed: the same `request_id` came with other words.
    """
    request_id = _request_id()
    with writing() as work:
        # The key first: a twin sent at the same moment waits here, and never meets the effect.
        location = reserve_answer(work, request_id=request_id, act=_meant())
        if location is None:
            location = effect(work)
            keep_answer(work, request_id=request_id, location=location)
    return see_other(location)


def _require(act: Act) -> None:
    """As `require`; a helper whose consent is over is told who ended it, and when."""
    try:
        require(who(), act)
    except NoEnterprise:
        _refuse_former_helper()
        raise


def _refuse_former_helper() -> None:
    someone, now, locale = signed_in(), clock.now(), current_language()
    key_hash = hash_of_secret(request.cookies[SESSION_COOKIE])
    with reading() as session:
        last = queries.last_consent(session, helper_id=someone.person_id, key_hash=key_hash)
    if last is None:
        return
    if last.lives(now):  # Given to a team, and they are in it no longer.
        raise LeftTeam("no longer in the team", team=last.team, enterprise=last.enterprise)
    if last.ended_at is not None:
        at = display.recent(last.ended_at, now, locale)
        raise ConsentEnded("ended", person=last.ended_by, enterprise=last.enterprise, at=at)
    at = display.recent(last.until_at, now, locale)
    raise ConsentRanOut("ran out", enterprise=last.enterprise, at=at)


def _unless_done(answer: Callable[[], R]) -> R:
    """What the route answers; a refusal gives way to what the same form was answered before.

    Its own effect may be in the way of the second sending: a lot that was deleted is not found.
    Asked only after the refusal, so the first sending is over whenever its effect was met.
    """
    try:
        answered = answer()
    except AppError:
        location = _done_before()
        if location is None:
            raise
        return cast("R", see_other(location))
    if isinstance(answered, Response) and answered.status_code >= HTTPStatus.BAD_REQUEST:
        location = _done_before()
        if location is not None:
            return cast("R", see_other(location))
    return answered


def _done_before() -> str | None:
    """Where the same form was sent when it was done; None where it was not."""
    with reading() as session:
        return kept_answer(session, by=acting(), request_id=_request_id(), act=_meant())


def _meant() -> str:
    """What a form is about: the same `request_id` with another is a mistake, not a repeat."""
    return f"{_act()}:{_digest()}"


def _request_id() -> str:
    """The form's own, or a new one where it is none: such a form is simply not known again."""
    sent = request.form.get("request_id", "")
    return sent if REQUEST_ID.fullmatch(sent) else ids.token()


def _digest() -> str:
    """What was sent and where, without what differs between two sendings of one form."""
    said = sorted(
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in {"csrf_token", "request_id"}
    )
    sent = [(name, _fingerprint(file.stream)) for name, file in request.files.items(multi=True)]
    return hashlib.sha256(repr((request.path, said, *sent)).encode()).hexdigest()[:16]


def _fingerprint(file: IO[bytes]) -> str:
    """What a file says; it is read from its beginning again afterwards."""
    file.seek(0)
    found = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # Its own protocol's name for IO.
    file.seek(0)
    return found


def _act() -> Act:
    act: Act = request.environ[_ACT]
    return act


def _look_up() -> Who | None:
    key = request.cookies.get(SESSION_COOKIE)
    if not key:
        return None
    with reading() as session:
        return queries.who_signed_in(session, key_hash=hash_of_secret(key), now=clock.now())


def _refuse_other_enterprise() -> None:
    drawn_for = request.form.get("for_enterprise", "")
    if drawn_for != _acting_enterprise():
        raise Changed("the form was drawn for another enterprise")


def _acting_enterprise() -> str:
    someone = who()
    return someone.acting.enterprise_public_id if someone and someone.acting else ""


def _keeping_key() -> str:
    """Under what a browser keeps what this person types for this enterprise; names neither."""
    someone = signed_in()
    secret = str(current_app.config["SECRET_KEY"]).encode()
    named = f"{someone.person_id}:{someone.enterprise_id}".encode()
    return hashlib.blake2b(named, key=secret[:64], digest_size=8).hexdigest()


def _who_acts() -> dict[str, object]:
    """What the headers of /manage and /office say; nothing on pages that never asked."""
    someone: Who | None = request.environ.get(_WHO) if request else None
    if someone is None:
        return {}
    return {
        "acting_person": someone.name,
        **_bar(someone),
        "acting_for": someone.acting.enterprise_name if someone.acting else "",
        "acting_role": someone.acting.role if someone.acting else "",
        "acting_others": [one for one in someone.memberships if one != someone.acting],
        "holds_office": bool(someone.offices),
        "account_is_changing": someone.is_changing,
    }


def _bar(someone: Who) -> dict[str, object]:
    """What the bar says on every page of /manage: whom one helps, or that one practises."""
    one = someone.acting
    if one is None or one.until_at is None:
        return {"helping": None, "practising_until": ""}
    until = display.moment_day(one.until_at, current_language())
    if one.role is Role.LEARNER:
        return {"helping": None, "practising_until": until}
    scopes = [scope for scope in Scope if scope in one.scopes]
    return {
        "practising_until": "",
        "helping": one,
        "helping_scopes": scopes,
        "helping_until": until,
    }
