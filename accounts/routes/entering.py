"""The last step of every way in: a new key for the browser, then on to where the person was going.

By password, by code, by PIN, by signing up: all come here.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from flask import Response, current_app, request

from accounts import queries, service
from accounts.devices import device_of
from accounts.hashing import hash_of_secret
from accounts.rules import Role, Who
from accounts.sessions import PROOF_COOKIE, clear_proof, set_key, set_proof
from core import clock, ids
from core.guard import SESSION_COOKIE
from core.redirects import local_path, see_other
from core.work import VISITOR, Work, reading, transaction

LONGEST_PATH = 2000

# What shows in this transaction who signs in, and gives their id.
Prove = Callable[[Work], int]


def begin(prove: Prove) -> tuple[str, Who]:
    """Sign in whom `prove` names; an older sign-in of this browser ends. The key, and who it is."""
    key = ids.token()
    old = request.cookies.get(SESSION_COOKIE)
    with transaction(by=VISITOR) as work:
        person_id = prove(work)
        if old:
            service.sign_out(work, key_hash=hash_of_secret(old))
        service.begin_sign_in(
            work,
            person_id=person_id,
            key_hash=hash_of_secret(key),
            device=device_of(request.headers.get("User-Agent", "")),
        )
    with reading() as session:
        someone = queries.who_signed_in(session, key_hash=hash_of_secret(key), now=clock.now())
    assert someone is not None
    return key, someone


def enter(prove: Prove, *, otherwise: str = "") -> Response:
    """Sign in and lead on: to the wish of the form, else `otherwise`, else the person's home."""
    key, someone = begin(prove)
    response = see_other(wish() or otherwise or home_of(someone))
    set_key(response, key, secure=is_secure())
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


def step(path: str) -> str:
    """A step of signing in, with the wish carried along."""
    wished = wish()
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
    response = see_other(path)
    set_proof(response, token, secure=is_secure())
    return response


def is_secure() -> bool:
    """Whether cookies may travel by TLS alone."""
    return request.is_secure or current_app.config["SETTINGS"].public_url.startswith("https://")
