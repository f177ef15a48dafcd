"""The page of the second step, drawn by whoever showed the first thing."""

from flask import Response

from accounts import queries
from accounts.hashing import hash_of_secret
from accounts.routes.asking import passkey_options
from core.forms import Drawn
from core.pages import page
from core.work import reading


def draw_second(
    drawn: Drawn,
    *,
    person_id: int,
    token: str,
    status: int = 200,
    draft: str = "",
    next_path: str = "",
) -> Response:
    """Ask for the second thing; a form that was being sent is carried along."""
    with reading() as session:
        factors = queries.own_factors(session, person_id)
    return page(
        "accounts/enter/second.html",
        status=status,
        form=drawn,
        has_app=any(one.kind == "totp" for one in factors),
        options=passkey_options(factors, about_second(token)),
        next_path=next_path,
        draft=draft,
    )


def about_second(token: str) -> str:
    """What a passkey is asked in this browser's step: elsewhere its answer is worth nothing."""
    return f"second step {hash_of_secret(token)}"
