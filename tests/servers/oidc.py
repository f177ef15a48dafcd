"""A real OpenID provider for tests: the program `oidc-provider-mock`, which lets in whom we say."""

import contextlib
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import requests

from tests.servers import processes

START_SECONDS = 240  # 2 s on two idle cores.
SECONDS = 10


@dataclass(frozen=True)
class Provider:
    """One that runs."""

    issuer: str
    process: subprocess.Popen[bytes]

    def name(self, subject: str, name: str) -> None:
        """Have somebody be called so."""
        answer = requests.put(
            f"{self.issuer}/users/{subject}", json={"name": name}, timeout=SECONDS
        )
        answer.raise_for_status()

    def agree(self, address: str, subject: str) -> str:
        """Agree as somebody on the provider's page; gives where it sends the browser."""
        return _sent_to(address, {"sub": subject})

    def register(self, callback: str, *, auth: str) -> tuple[str, str]:
        """Have it know a client that shows its secret in one way alone; gives id and secret."""
        asked = {
            "redirect_uris": [callback],
            "token_endpoint_auth_method": f"client_secret_{auth}",
        }
        answer = requests.post(f"{self.issuer}/oauth2/clients", json=asked, timeout=SECONDS)
        answer.raise_for_status()
        known = answer.json()
        return known["client_id"], known["client_secret"]

    def deny(self, address: str) -> str:
        """Say no there; gives where it sends the browser."""
        return _sent_to(address, {"action": "deny"})


@contextlib.contextmanager
def running_provider() -> Iterator[Provider]:
    """Run a provider that demands a nonce.

    Raises:
        UnavailableError: it does not start.
    """
    port = processes.free_port()
    issuer = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "oidc_provider_mock", "-p", str(port), "--require-nonce"]
    with (
        processes.server_folder("oidc") as folder,
        # As ourselves: another user may not read the environment the program lies in.
        processes.running(command, folder=folder, as_ourselves=True) as process,
    ):
        processes.wait_until_ready(
            lambda: _answers(issuer), process=process, folder=folder, seconds=START_SECONDS
        )
        yield Provider(issuer, process)


def said(address: str) -> dict[str, str]:
    """What an address says after its question mark."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def with_other(address: str, name: str, value: str) -> str:
    """The address with another value of one of its fields."""
    changed, count = re.subn(rf"([?&]{name}=)[^&]*", rf"\g<1>{value}", address)
    assert count == 1, address
    return changed


def _sent_to(address: str, form: dict[str, str]) -> str:
    answer = requests.post(address, data=form, allow_redirects=False, timeout=SECONDS)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def _answers(issuer: str) -> bool:
    try:
        return requests.get(f"{issuer}/jwks", timeout=1).ok
    except requests.RequestException:  # Refused: not ready yet.
        return False
