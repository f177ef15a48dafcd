"""The application's provider of e-identities, if it has one."""

from typing import TYPE_CHECKING, cast

from flask import Flask, current_app

from accounts.identities import ProviderPlace
from accounts.identity_errors import IdentityNotConnected

if TYPE_CHECKING:
    from accounts.adapters.oidc import OidcProvider

CALLBACK = "/identity/callback"


def init_identity(app: Flask, place: ProviderPlace | None, *, public_url: str) -> None:
    """Give the application its provider; None: it has none. Opens no connection."""
    app.extensions["identity_place"] = place
    app.extensions["identity_callback"] = public_url + CALLBACK
    app.extensions["identity_provider"] = None
    app.jinja_env.globals["identity_provider_name"] = place.name if place else ""


def place() -> ProviderPlace | None:
    """Who vouches for e-identities here; None: nobody."""
    return cast("ProviderPlace | None", current_app.extensions["identity_place"])


def provider() -> "OidcProvider":
    """The provider's client, made when it is first asked for.

    Raises:
        IdentityNotConnected: this installation has none.
    """
    from accounts.adapters.oidc import OidcProvider  # noqa: PLC0415  # Slow to load, seldom used.

    known = current_app.extensions["identity_provider"]
    if known is None:
        named = place()
        if named is None:
            raise IdentityNotConnected("no GOC_OIDC_ISSUER")
        known = OidcProvider(named, callback=current_app.extensions["identity_callback"])
        current_app.extensions["identity_provider"] = known
    return cast("OidcProvider", known)
