"""For whom this browser, or whoever is signed in, sells: dealers have no account to sign in to."""

from flask import Response, request

from accounts.hashing import hash_of_secret
from accounts.sessions import is_secure
from accounts.web import who
from core import ids
from core.guard import SESSION_COOKIE
from core.work import reading
from traceability import queries

COOKIE = "goc_dealer"  # Set by confirming alone: scans of this browser are a shop's.
_SECONDS = 400 * 24 * 3600  # No browser keeps a cookie longer.


def dealings() -> dict[int, int]:
    """As whom they sell: enterprise by dealer; nothing is asked for anybody without a cookie."""
    token, person_id = request.cookies.get(COOKIE, ""), signed_in_person()
    if not token and person_id is None:
        return {}
    with reading() as session:
        return queries.dealings(session, browser=hash_of_secret(token), person_id=person_id)


def signed_in_person() -> int | None:
    """Who is signed in here, if anybody."""
    someone = who() if SESSION_COOKIE in request.cookies else None
    return someone.person_id if someone else None


def dealer_token() -> str:
    """What tells this browser from others; one that bears none yet is given a new one."""
    sent = request.cookies.get(COOKIE, "")
    is_ours = len(sent) == ids.TOKEN_LENGTH and set(sent) <= set(ids.CROCKFORD)
    return sent if is_ours else ids.token()


def remember_dealer(response: Response, token: str) -> Response:
    """The answer, with the token put into the browser's hand."""
    response.set_cookie(
        COOKIE, token, max_age=_SECONDS, httponly=True, samesite="Lax", secure=is_secure()
    )
    return response
