"""The token a browser is given once somebody taps “tôi đã mua món này”: never before.

What is kept of it is keyed by the stamp, so that two stamps bought by one person are not joined.
"""

from flask import Response, request

from accounts.sessions import is_secure
from core import ids, periods

COOKIE = "goc_bought"
_SECONDS = int(periods.CLAIMS.kept.total_seconds())


def claim_token() -> str:
    """What this browser was given; empty: it never tapped."""
    sent = request.cookies.get(COOKIE, "")
    is_ours = len(sent) == ids.TOKEN_LENGTH and set(sent) <= set(ids.CROCKFORD)
    return sent if is_ours else ""


def remember_claim(response: Response, token: str) -> Response:
    """The answer, with the token put into the browser's hand."""
    response.set_cookie(
        COOKIE, token, max_age=_SECONDS, httponly=True, samesite="Lax", secure=is_secure()
    )
    return response
