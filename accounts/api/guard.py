"""Who asks by the API: a token in the header, never a cookie; read anew at each request."""

import re
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Response, request
from sqlalchemy.exc import OperationalError
from structlog import get_logger

from accounts import queries, service
from accounts.api.answering import done_before
from accounts.hashing import hash_of_secret
from accounts.permissions import require
from accounts.queries import Bearer
from accounts.rules import Act
from accounts.service import BEARER_BEGINS
from accounts.token_errors import ScopeMissing, TokenNeeded, TokenRefused
from accounts.token_scopes import TokenScope
from accounts.web import act_as
from core import clock
from core.api.errors import TooManyCalls
from core.errors import AppError
from core.guard import SAFE_METHODS
from core.ids import CROCKFORD, TOKEN_LENGTH
from core.limits import Limit, TooManyTries, misses, network_of
from core.work import WORKER, reading, transaction

log = get_logger()
P = ParamSpec("P")

BAD_TOKENS = Limit("api_bad_token", ("20/1minute", "100/1hour"))  # By network; hits are free.
CALLS = Limit("api_calls", ("600/1minute", "10000/1hour"))  # By token: 450 goods in one go pass.
_SCOPES = "goc.scopes"  # Kept with the request.
_TOKEN = re.compile(f"{BEARER_BEGINS}[{CROCKFORD}]{{{TOKEN_LENGTH}}}")


def asks(act: Act, scope: TokenScope) -> Callable[[Callable[P, Response]], Callable[P, Response]]:
    """Let a view of the API name its act and scope: it runs only for a token that has both.

    A view about one object asks again with `accounts.web.own(found)`. A write that was done
    already is answered as it was then, whatever it would find in its way today.
    """

    def guard(view: Callable[P, Response]) -> Callable[P, Response]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
            bearer = _bearer()
            if scope not in bearer.scopes:
                raise ScopeMissing(f"lacks {scope}", scope=scope.value)
            act_as(bearer.who, act, token=bearer.name, since_at=bearer.created_at)
            request.environ[_SCOPES] = bearer.scopes
            require(bearer.who, act)
            if request.method in SAFE_METHODS:
                return view(*args, **kwargs)
            try:
                return view(*args, **kwargs)
            except AppError:
                answered = done_before()
                if answered is None:
                    raise
                return answered

        guarded.token_act = act  # type: ignore[attr-defined]  # Read by the matrix and OpenAPI.
        guarded.token_scope = scope  # type: ignore[attr-defined]  # The same.
        return guarded

    return guard


def require_scope(scope: TokenScope) -> None:
    """Ask for another scope than the view's own, where the object of the request needs it.

    Raises:
        ScopeMissing: the token lacks it.
    """
    if scope not in request.environ[_SCOPES]:
        raise ScopeMissing(f"lacks {scope}", scope=scope.value)


def _bearer() -> Bearer:
    """Whoever the token of the request acts as.

    Raises:
        TokenNeeded, TokenRefused: there is none, or none that is alive.
        TooManyTries: too many dead ones from one network.
        TooManyCalls: the token asks too often.
    """
    sent = request.authorization
    if sent is None or sent.type != "bearer" or not sent.token:
        raise TokenNeeded("no bearer token")
    found = _look_up(sent.token)
    if found is None:
        misses().take(BAD_TOKENS, network_of(request.remote_addr))
        raise TokenRefused("no living token")
    try:
        misses().take(CALLS, found.token_public_id)
    except TooManyTries as refusal:
        raise TooManyCalls(str(refusal), **refusal.values) from None
    _note_use(found)
    return found


def _look_up(token: str) -> Bearer | None:
    if not _TOKEN.fullmatch(token):
        return None
    with reading() as session:
        return queries.bearer(session, token_hash=hash_of_secret(token), now=clock.now())


def _note_use(found: Bearer) -> None:
    """Once a day; a database that cannot be written to now still answers what is read."""
    if found.last_used_on == clock.today():
        return
    try:
        with transaction(by=WORKER) as work:
            service.note_token_use(work, token_id=found.token_id)
    except OperationalError as error:
        log.warning("use of a token not noted", reason=type(error.orig).__name__)
