"""A provider that is dead, slow, or not who it says it is."""

import json
import os
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient

from accounts.adapters import oidc as adapter
from accounts.adapters.oidc import OidcProvider
from accounts.identities import Asking, ProviderPlace, TokenAuth
from accounts.identity_errors import IdentityAway, IdentityRefused
from accounts.identity_provider import init_identity
from core import clock
from tests.engines.identity.conftest import CLIENT, NAME, PUBLIC_URL, SECRET
from tests.servers import processes
from tests.servers.oidc import Provider, running_provider, said
from tests.servers.web import serving

CALLBACK = f"{PUBLIC_URL}/identity/callback"
ASKING = Asking("state", "nonce", "v" * 52, 0, "", 0)


def client_of(issuer: str) -> OidcProvider:
    return OidcProvider(ProviderPlace(issuer, CLIENT, SECRET, NAME), callback=CALLBACK)


@contextmanager
def impostor(provider: Provider, **other: str) -> Iterator[str]:
    """A place whose discovery document leads to the provider; gives its address."""
    document: dict[str, str] = {}

    def application(_environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(document).encode()]

    with serving(application) as address:
        well_known = f"{provider.issuer}/.well-known/openid-configuration"
        document |= requests.get(well_known, timeout=10).json()
        document |= {"issuer": address, **other}
        yield address


def code_of(provider: Provider, client: OidcProvider, asking: Asking) -> str:
    return said(provider.agree(client.address(asking), "somebody"))["code"]


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """A provider that takes connections and says nothing."""
    monkeypatch.setattr(adapter, "SECONDS", 0.3)
    with running_provider() as running:
        os.kill(running.process.pid, signal.SIGSTOP)
        yield running
        os.kill(running.process.pid, signal.SIGCONT)


def test_the_identity_is_told_by_issuer_and_subject(provider: Provider) -> None:
    client = client_of(provider.issuer)

    found = client.identity(code_of(provider, client, ASKING), ASKING)

    assert (found.issuer, found.subject) == (provider.issuer, "somebody")


@pytest.mark.parametrize(("known_by", "other"), [("basic", "post"), ("post", "basic")])
def test_the_secret_is_shown_in_the_way_the_provider_knows_us_by(
    provider: Provider, known_by: TokenAuth, other: TokenAuth
) -> None:
    client_id, secret = provider.register(CALLBACK, auth=known_by)
    place = ProviderPlace(provider.issuer, client_id, secret, NAME, known_by)
    client = OidcProvider(place, callback=CALLBACK)
    stranger = OidcProvider(replace(place, auth=other), callback=CALLBACK)

    found = client.identity(code_of(provider, client, ASKING), ASKING)

    assert found.subject == "somebody"
    with pytest.raises(IdentityRefused, match="invalid_client"):
        stranger.identity(code_of(provider, stranger, ASKING), ASKING)


def test_a_code_is_exchanged_once(provider: Provider) -> None:
    client = client_of(provider.issuer)
    code = code_of(provider, client, ASKING)
    client.identity(code, ASKING)

    with pytest.raises(IdentityRefused, match="invalid_grant"):
        client.identity(code, ASKING)


def test_a_token_of_another_issuer_is_refused(provider: Provider) -> None:
    with impostor(provider) as address:
        client = client_of(address)
        code = code_of(provider, client, ASKING)

        with pytest.raises(IdentityRefused, match="iss"):
            client.identity(code, ASKING)


def test_a_document_of_another_issuer_is_refused(provider: Provider) -> None:
    with (
        impostor(provider, issuer="https://id.example") as address,
        pytest.raises(IdentityRefused, match="another issuer"),
    ):
        client_of(address).address(ASKING)


def test_a_token_for_another_client_is_refused(provider: Provider) -> None:
    client = client_of(provider.issuer)
    other = OidcProvider(ProviderPlace(provider.issuer, "other", SECRET, NAME), callback=CALLBACK)
    code = code_of(provider, client, ASKING)

    with pytest.raises(IdentityRefused):
        other.identity(code, ASKING)


def test_keys_of_somebody_else_verify_nothing(provider: Provider) -> None:
    with (
        running_provider() as stranger,
        impostor(provider, issuer=provider.issuer, jwks_uri=f"{stranger.issuer}/jwks") as address,
    ):
        client = client_of(provider.issuer)
        code = code_of(provider, client, ASKING)
        well_known = requests.get(f"{address}/", timeout=10).json()
        client._known = clock.steady_seconds(), well_known

        with pytest.raises(IdentityRefused):
            client.identity(code, ASKING)


def test_a_token_that_ran_out_is_refused(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(provider.issuer)
    code = code_of(provider, client, ASKING)
    later = clock.now() + timedelta(hours=3)
    monkeypatch.setattr(clock, "now", lambda: later)

    with pytest.raises(IdentityRefused, match="expired"):
        client.identity(code, ASKING)


def test_a_provider_that_is_silent_holds_nobody_longer_than_its_time_out(
    frozen: Provider,
) -> None:
    client = client_of(frozen.issuer)
    began = time.monotonic()

    for _ in range(20):  # After two of them it is left alone.
        with pytest.raises(IdentityAway):
            client.address(ASKING)

    assert time.monotonic() - began < 5


def test_a_dead_provider_is_a_sentence_and_every_other_way_in_goes_on(
    app: Flask, client: FlaskClient
) -> None:
    place = ProviderPlace(f"http://127.0.0.1:{processes.free_port()}", CLIENT, SECRET, NAME)
    init_identity(app, place, public_url=PUBLIC_URL)
    try:
        answer = client.get("/identity/begin")
        page = client.get("/sign-in")
    finally:
        init_identity(app, None, public_url=PUBLIC_URL)

    assert answer.status_code == 503
    assert f"{NAME} chưa trả lời. Xin thử lại sau ít phút" in answer.text
    assert f"Vào bằng {NAME}" in page.text
    assert page.status_code == 200


def test_without_settings_nothing_is_shown(client: FlaskClient) -> None:
    assert "/identity/" not in client.get("/sign-in").text
    assert client.get("/identity/begin").status_code == 404
    assert client.get("/identity/callback?state=x&code=y").status_code == 422
