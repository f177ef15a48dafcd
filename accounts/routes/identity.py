"""Signing in by an e-identity, and linking one to one's account.

The way to the provider is a link: a form that ends in another's page is stopped by our own policy
(`form-action`). Linking is a form of ours, after the way back.
"""

import hmac

from apiflask import APIBlueprint
from flask import Response, request

from accounts import queries, service
from accounts.confirming import confirmed
from accounts.identities import (
    LASTS,
    Asking,
    Identity,
    opened_asking,
    opened_identity,
    sealed_asking,
    sealed_identity,
    subject_hash,
)
from accounts.identity_errors import IdentityAway, IdentityDenied, IdentityOver, IdentityRefused
from accounts.identity_provider import place, provider
from accounts.routes import entering
from accounts.routes.security import said
from accounts.rules import Act
from accounts.second_rules import First
from accounts.sessions import IDENTITY_COOKIE, clear_identity, is_secure, set_identity
from accounts.web import answer_once, requires, signed_in, who
from core import clock, ids
from core.errors import AppError
from core.language import gettext
from core.pages import page
from core.redirects import see_other
from core.sealing import sealer
from core.work import VISITOR, Work, reading, transaction

bp = APIBlueprint("identity", __name__, enable_openapi=False)
PATH = "/account/identity"
LONGEST_CODE = 4000
LONGEST_CARRIED = 1000  # Of a path, in a cookie; a browser keeps 4,096 bytes of one.


@bp.get("/identity/begin")
def begin() -> Response:
    """Send the browser to the provider."""
    someone = who()
    wished = entering.wish()
    asking = Asking(
        state=ids.token(),
        nonce=ids.token(),
        verifier=ids.token() + ids.token(),  # RFC 7636: 43 characters at least.
        person_id=someone.person_id if someone else 0,
        next_path=wished if len(wished) <= LONGEST_CARRIED else "",
        until=int((clock.now() + LASTS).timestamp()),
    )
    response = see_other(provider().address(asking))
    set_identity(response, sealed_asking(sealer(), asking), secure=is_secure())
    return response


@bp.get("/identity/callback")
def come_back() -> Response:
    """Take what the provider says: sign in, show it for linking, or lead to signing up."""
    asking = _asked()
    identity = provider().identity(_code(asking), asking)
    return _show(asking, identity) if asking.person_id else _enter(asking, identity)


@bp.get(PATH)
@requires(Act.MANAGE_ACCOUNT)
def shown() -> Response:
    """What is linked; what has just been shown and waits to be linked."""
    issuer = place()
    linked_at = None
    if issuer is not None:
        with reading() as session:
            linked_at = queries.own_identity_linked_at(
                session, signed_in().person_id, issuer=issuer.issuer
            )
    waiting = None if linked_at else _shown_identity()
    return _draw(linked_at=said(linked_at) if linked_at else "", waiting=waiting, status=200)


@bp.post(f"{PATH}/link")
@requires(Act.MANAGE_ACCOUNT)
@confirmed
def link() -> Response:
    """Link what was shown in this browser."""
    identity = _shown_identity()
    if identity is None:
        raise IdentityOver("nothing was shown in this browser")

    def effect(work: Work) -> str:
        service.link_identity(
            work,
            person_id=signed_in().person_id,
            issuer=identity.issuer,
            subject_hash=subject_hash(sealer(), identity),
        )
        return PATH

    response = answer_once(effect)
    clear_identity(response)
    return response


@bp.post(f"{PATH}/unlink")
@requires(Act.MANAGE_ACCOUNT)
@confirmed
def unlink() -> Response:
    """End signing in by it."""

    def effect(work: Work) -> str:
        issuer = place()
        if issuer is None:
            raise IdentityOver("no provider")
        service.unlink_identity(work, person_id=signed_in().person_id, issuer=issuer.issuer)
        return PATH

    return answer_once(effect)


@bp.errorhandler(IdentityOver)
@bp.errorhandler(IdentityDenied)
@bp.errorhandler(IdentityRefused)
@bp.errorhandler(IdentityAway)
def refuse(refusal: AppError) -> Response:
    """Say what went wrong, and lead back to where another way in stands."""
    response = page(
        "accounts/enter/identity_refused.html",
        status=refusal.status,
        text=gettext(refusal.sentence, **refusal.values),
        path=PATH if who() else entering.step("/sign-in"),
    )
    clear_identity(response)
    return response


def _asked() -> Asking:
    """What this browser asked, if the answer that came is to it.

    Raises:
        IdentityOver: it is not, it is too late, or somebody else is signed in now.
    """
    sealed = request.cookies.get(IDENTITY_COOKIE, "")
    asking = opened_asking(sealer(), sealed, now=clock.now())
    if asking is None:
        raise IdentityOver("nothing was asked in this browser")
    state = request.args.get("state", "")
    if not hmac.compare_digest(state.encode(), asking.state.encode()):
        raise IdentityOver("another state")
    someone = who()
    if asking.person_id and (someone is None or someone.person_id != asking.person_id):
        raise IdentityOver("somebody else is signed in")
    return asking


def _code(asking: Asking) -> str:
    """The code that came back, taken once.

    Raises:
        IdentityDenied: an error came in its place.
        IdentityRefused: another provider says that it sent it (RFC 9207).
        IdentityOver: it came before.
    """
    name = provider().name
    if request.args.get("iss", provider().issuer) != provider().issuer:
        raise IdentityRefused("another issuer", provider=name)
    code = request.args.get("code", "")
    if "error" in request.args or not 0 < len(code) <= LONGEST_CODE:
        raise IdentityDenied(request.args.get("error", "")[:80], provider=name)
    with transaction(by=VISITOR) as work:
        service.take_asking(work, asking)
    return code


def _show(asking: Asking, identity: Identity) -> Response:
    response = see_other(asking.next_path or PATH)
    sealed = sealed_identity(sealer(), identity, now=clock.now())
    set_identity(response, sealed, secure=is_secure())
    return response


def _enter(asking: Asking, identity: Identity) -> Response:
    """Sign in whose it is; whoever has no account proves a number first and links it then."""
    hashed = subject_hash(sealer(), identity)
    with reading() as session:
        person_id = queries.person_of_identity(session, issuer=identity.issuer, subject_hash=hashed)
    if person_id is None:
        response = page("accounts/enter/identity_new.html", provider=provider().name, path=PATH)
        sealed = sealed_identity(sealer(), identity, now=clock.now())
        set_identity(response, sealed, secure=is_secure())
        return response

    def prove(work: Work) -> int:
        return service.person_by_identity(work, issuer=identity.issuer, subject_hash=hashed)

    response = entering.enter(prove, first=First.IDENTITY, otherwise=asking.next_path)
    clear_identity(response)
    return response


def _shown_identity() -> Identity | None:
    """The identity shown in this browser, of today's provider."""
    issuer = place()
    sealed = request.cookies.get(IDENTITY_COOKIE, "")
    identity = opened_identity(sealer(), sealed, now=clock.now())
    if identity is None or issuer is None or identity.issuer != issuer.issuer:
        return None
    return identity


def _draw(*, linked_at: str, waiting: Identity | None, status: int) -> Response:
    issuer = place()
    return page(
        "accounts/account/identity.html",
        status=status,
        provider=issuer.name if issuer else "",
        linked_at=linked_at,
        waiting=waiting,
    )
