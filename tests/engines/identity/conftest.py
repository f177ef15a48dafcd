"""A real provider, and the application that works with it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from accounts.identities import ProviderPlace
from accounts.identity_provider import init_identity
from tests.servers.oidc import Provider, running_provider

CLIENT, SECRET, NAME = "goc", "a secret of the tests", "Danh tính thử"
PUBLIC_URL = "https://goc.example"


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    """A provider that runs."""
    with running_provider() as running:
        yield running


@pytest.fixture
def connected(app: Flask, provider: Provider) -> Iterator[Flask]:
    """The application, connected to the provider as an operator does it by settings."""
    place = ProviderPlace(provider.issuer, CLIENT, SECRET, NAME)
    init_identity(app, place, public_url=PUBLIC_URL)
    yield app
    init_identity(app, None, public_url=PUBLIC_URL)
