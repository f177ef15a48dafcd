"""The last step of every way in: a new key for the browser, then on to where the person was going.

By password, by code, by PIN, by an e-identity, by signing up: all come here, and whoever has a
second factor shows it before there is a key.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from flask import Response, request

from accounts import drafts, queries, service
from accounts.errors import CodeDead
from accounts.hashing import hash_of_secret
from accounts.here import bring_browser, browser_as_it_is
from accounts.routes.second_page import draw_second
from accounts.rules import Role, Who
from accounts.second_rules import First
from accounts.service import Way
from accounts.sessions import (
    DEVICE_COOKIE,
    PROOF_COOKIE,
    clear_proof,
    clear_second,
    is_secure,
    set_key,
    set_proof,
    set_second,
    use_key,
)
from accounts.web import offices_need_factor
from core import clock, ids
from core.forms import Drawn
from core.guard import SESSION_COOKIE
from core.language import gettext
from core.pages import page
from core.redirects import local_path, see_other
from core.work import VISITOR, Work, reading, transaction

LONGEST_PATH = 2000

# What shows in this transaction who signs in, and gives their id.
Prove = Callable[[Work], int]


def enter(prove: Prove, *, first: First, otherwise: str = "") -> Response:
    """Sign in whom `prove` names and lead on; to the second step, where they have a factor.

    Raises:
        CodeNotEnough: a code to the number opens no office.
    """
    with transaction(by=VISITOR) as work:
        person_id = prove(work)
        way = service.way_on(
            work,
            person_id=person_id,
            first=first,
            device=request.cookies.get(DEVICE_COOKIE, ""),
            offices_need_factor=offices_need_factor(),
        )
        if way is Way.SECOND:
            token = service.begin_second_step(work, person_id=person_id)
        else:
            token = begin(work, person_id, is_confirmed=way is Way.IN)
    if way is Way.SECOND:
        return _ask_second(token, person_id, otherwise)
    return arrive(token, otherwise=otherwise)


def begin(work: Work, person_id: int, *, is_confirmed: bool) -> str:
    """Begin a sign-in in this browser, whose older one ends; the key it gets by `arrive`."""
    key = ids.token()
    old = request.cookies.get(SESSION_COOKIE)
    if old:
        service.sign_out(work, key_hash=hash_of_secret(old))
    belongs = queries.belongs_somewhere(work.session, person_id)
    service.begin_sign_in(
        work,
        person_id=person_id,
        key_hash=hash_of_secret(key),
        browser=bring_browser() if belongs else browser_as_it_is(),
        is_confirmed=is_confirmed,
    )
    return key


def arrive(key: str, *, otherwise: str = "") -> Response:
    """Give the browser its key and lead on: to the form it was sending, to the wish, or home."""
    with reading() as session:
        someone = queries.who_signed_in(session, key_hash=hash_of_secret(key), now=clock.now())
    assert someone is not None
    carried = drafts.opened(draft())
    if carried is not None:
        use_key(key)
        response = page("accounts/continue.html", draft=carried)
    else:
        response = see_other(wish() or otherwise or home_of(someone))
    set_key(response, key, secure=is_secure())
    clear_proof(response)
    clear_second(response)
    return response


def _ask_second(token: str, person_id: int, otherwise: str) -> Response:
    if draft():  # A redirect would lose what was typed.
        response = draw_second(
            Drawn(), person_id=person_id, token=token, draft=draft(), next_path=wish()
        )
    else:
        response = see_other(step("/sign-in/second", otherwise))
    set_second(response, token, secure=is_secure())
    clear_proof(response)
    return response


def home_of(someone: Who) -> str:
    """Where a person's work is."""
    if someone.acting:
        return "/manage"
    if someone.offices:
        return "/office"
    if not someone.memberships:
        return "/"
    # Whom one helps, and that one practises, is chosen knowingly.
    return "/help" if any(one.role is Role.HELPER for one in someone.memberships) else "/practice"


def wish() -> str:
    """Where the person was going before they were asked who they are; a path of ours, or empty."""
    wished = request.values.get("next", "")[:LONGEST_PATH]
    return local_path(wished) if wished else ""


def draft() -> str:
    """The form the person was sending when their sign-in had ended, carried from step to step."""
    return request.form.get("draft", "")


def only_carries() -> bool:
    """Whether this form was sent to come here with a draft, nothing being typed in it yet."""
    return bool(draft()) and "sign_in" not in request.form


def again(path: str, text: str, *, status: int) -> Response:
    """Say why the way in begins anew, and lead to its beginning with all that is carried."""
    return page(
        "accounts/enter/again.html",
        status=status,
        text=text,
        path=path,
        next_path=wish(),
        draft=draft(),
    )


def begin_again() -> Response:
    """Where the proof of a number is over: ask for another code."""
    if not draft():
        return see_other(step("/sign-in/code"))
    return again("/sign-in/code", gettext(CodeDead.sentence), status=CodeDead.status)


def step(path: str, otherwise: str = "") -> str:
    """A step of signing in, with the wish carried along, or where to go without one."""
    wished = wish() or otherwise
    return f"{path}?{urlencode({'next': wished})}" if wished else path


def proof_token() -> str:
    """The token of the code this browser asked for; empty where it asked for none."""
    return request.cookies.get(PROOF_COOKIE, "")


def open_proof() -> queries.OpenProof | None:
    """What this browser is proving; None where nothing, or it is over."""
    token = proof_token()
    if not token:
        return None
    with reading() as session:
        return queries.open_proof(session, token=token, now=clock.now())


def go_with_proof(path: str, token: str) -> Response:
    """Lead to a step of signing in, with the proof in the browser's hand."""
    return with_proof(see_other(path), token)


def with_proof(response: Response, token: str) -> Response:
    """The answer, with the proof put into the browser's hand."""
    set_proof(response, token, secure=is_secure())
    return response
