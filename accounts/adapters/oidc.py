"""OpenID Connect by Authlib: code flow with PKCE and nonce. Slow to load: imported where used."""

from collections.abc import Callable
from typing import Any, TypeVar

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from accounts.identities import Asking, Identity, ProviderPlace
from accounts.identity_errors import IdentityAway, IdentityRefused
from core import clock
from core.breaker import Breaker

T = TypeVar("T")
SECONDS = 4.0  # To connect, and between two pieces of an answer.
KNOWN_SECONDS = 3600.0  # How long what the provider says of itself is believed.
LEEWAY_SECONDS = 60  # Between two clocks.
# Public keys alone: a token signed with our own secret, or not at all, is none.
ALGORITHMS = ["RS256", "PS256", "ES256", "RS384", "ES384", "RS512", "ES512"]
_SAID = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_BROKEN = (JoseError, ValueError, KeyError, TypeError, AttributeError)


class OidcProvider:
    """A provider, found by its issuer. One for each process; threads share it."""

    def __init__(self, place: ProviderPlace, *, callback: str) -> None:
        """Opens no connection. `callback` is our address the provider sends people back to."""
        self._place = place
        self._callback = callback
        self._breaker = Breaker(clock.steady_seconds)
        self._known: tuple[float, dict[str, Any]] | None = None

    @property
    def name(self) -> str:
        """What people call it."""
        return self._place.name

    @property
    def issuer(self) -> str:
        """What it calls itself."""
        return self._place.issuer

    def address(self, asking: Asking) -> str:
        """Where the browser goes to show who its person is.

        Raises:
            IdentityAway: the provider is dead or slow.
            IdentityRefused: another one answers in its place.
        """
        with self._session() as session:
            said = self._discovered(session)
            url, _ = session.create_authorization_url(
                said["authorization_endpoint"],
                state=asking.state,
                nonce=asking.nonce,
                code_verifier=asking.verifier,
            )
        return str(url)

    def identity(self, code: str, asking: Asking) -> Identity:
        """Who the person is, by the code they came back with.

        Raises:
            IdentityAway: as `address`.
            IdentityRefused: the code is used or not ours, or the answer does not verify.
        """
        with self._session() as session:
            said = self._discovered(session)
            token = self._answer(
                lambda: session.fetch_token(
                    said["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=asking.verifier,
                    allow_redirects=False,
                )
            )
            keys = self._answer(lambda: _read(session, said["jwks_uri"]))
        return self._verified(token, keys, asking)

    def _session(self) -> Any:
        return OAuth2Session(
            self._place.client_id,
            self._place.client_secret,
            redirect_uri=self._callback,
            scope="openid profile",
            code_challenge_method="S256",
            token_endpoint_auth_method=f"client_secret_{self._place.auth}",
            default_timeout=SECONDS,
        )

    def _discovered(self, session: Any) -> dict[str, Any]:
        """What the provider says of itself (OpenID Connect Discovery, 4.3)."""
        if self._known and clock.steady_seconds() < self._known[0] + KNOWN_SECONDS:
            return self._known[1]
        url = self._place.issuer.rstrip("/") + "/.well-known/openid-configuration"
        said = self._answer(lambda: _read(session, url))
        if said.get("issuer") != self._place.issuer:
            raise self._refused("another issuer")
        scheme = self._place.issuer.partition(":")[0]
        if not all(str(said.get(name, "")).startswith((f"{scheme}:", "https:")) for name in _SAID):
            raise self._refused("an endpoint is missing or open to listeners")
        self._known = clock.steady_seconds(), said
        return said

    def _answer(self, ask: Callable[[], T]) -> T:
        if not self._breaker.may_ask():
            raise self._away("left alone")
        try:
            answer = ask()
        except OAuthError as error:  # An answer too: the provider is there.
            self._breaker.answered()
            raise self._refused(f"{error.error}") from error
        except (RequestException, ValueError) as error:
            self._breaker.failed()
            raise self._away(type(error).__name__) from error
        self._breaker.answered()
        return answer

    def _verified(self, token: Any, keys: Any, asking: Asking) -> Identity:
        """As OpenID Connect Core, 3.1.3.7, says."""
        place = self._place
        try:
            signed = jwt.decode(
                token["id_token"], KeySet.import_key_set(keys), algorithms=ALGORITHMS
            )
            claims = CodeIDToken(
                signed.claims,
                signed.header,
                options={
                    "iss": {"essential": True, "value": place.issuer},
                    "aud": {"essential": True, "value": place.client_id},
                },
                params={
                    "nonce": asking.nonce,
                    "client_id": place.client_id,
                    "access_token": token.get("access_token"),
                },
            )
            claims.validate(now=int(clock.now().timestamp()), leeway=LEEWAY_SECONDS)
            subject = claims["sub"]
        except _BROKEN as error:
            raise self._refused(f"{type(error).__name__}: {error}") from error
        if not isinstance(subject, str) or not subject:
            raise self._refused("no subject")
        return Identity(place.issuer, subject, str(claims.get("name", ""))[:120])

    def _refused(self, why: str) -> IdentityRefused:
        return IdentityRefused(why, provider=self._place.name)

    def _away(self, why: str) -> IdentityAway:
        return IdentityAway(why, provider=self._place.name)


def _read(session: Any, url: str) -> dict[str, Any]:
    """A JSON object of the provider's.

    Raises:
        RequestException, ValueError: nothing that can be used came.
    """
    answer = session.get(url, withhold_token=True, allow_redirects=False)
    answer.raise_for_status()
    said = answer.json()
    if not isinstance(said, dict):
        raise ValueError("no object")  # noqa: TRY004  # As a broken text would be.
    return said
