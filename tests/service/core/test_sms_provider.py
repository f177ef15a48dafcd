"""The SMS adapter against a real HTTP server of the test's own."""

import json
import socket
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from core.breaker import Breaker
from core.dispatch.adapters.sms import HttpSms, SmsPlace
from core.dispatch.port import CarrierAway, Outgoing, Undeliverable

MESSAGE = Outgoing("code:1", "+84912345678", "Goc: 123456")


class Provider(ThreadingHTTPServer):
    """Keeps what was posted and answers `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status = 202
        self.posted: list[tuple[str, dict[str, str], Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1/messages?account=7"


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:  # The library's name.
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posted.append((self.path, dict(self.headers), json.loads(body)))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def provider() -> Iterator[Provider]:
    server = Provider()
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_message_is_posted_with_its_key_and_our_own(provider: Provider) -> None:
    HttpSms(SmsPlace(provider.url, key="secret", sender="GOC")).deliver(MESSAGE)

    [(path, headers, body)] = provider.posted
    assert path == "/v1/messages?account=7"
    assert headers["Authorization"] == "Bearer secret"
    assert headers["Idempotency-Key"] == "code:1"
    assert body == {"id": "code:1", "to": "+84912345678", "text": "Goc: 123456", "from": "GOC"}


def test_without_key_and_sender_none_is_told(provider: Provider) -> None:
    HttpSms(SmsPlace(provider.url)).deliver(MESSAGE)

    [(_, headers, body)] = provider.posted
    assert "Authorization" not in headers
    assert "from" not in body


@pytest.mark.parametrize("status", [400, 404, 422])
def test_what_the_provider_refuses_for_good_is_not_tried_again(
    provider: Provider, status: int
) -> None:
    provider.status = status

    with pytest.raises(Undeliverable):
        HttpSms(SmsPlace(provider.url)).deliver(MESSAGE)


@pytest.mark.parametrize("status", [302, 401, 403, 429, 500, 503])
def test_what_may_pass_is_tried_again(provider: Provider, status: int) -> None:
    provider.status = status

    with pytest.raises(CarrierAway):
        HttpSms(SmsPlace(provider.url)).deliver(MESSAGE)


def test_a_provider_that_is_not_there_or_says_nothing_holds_nobody_long() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        began = time.monotonic()
        with pytest.raises(CarrierAway):
            HttpSms(SmsPlace(url), seconds=0.2).deliver(MESSAGE)
        assert time.monotonic() - began < 5
    with pytest.raises(CarrierAway):
        HttpSms(SmsPlace(url), seconds=0.2).deliver(MESSAGE)


def test_a_provider_that_hangs_is_left_alone_after_two_waits() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        phones = HttpSms(SmsPlace(url), seconds=0.2, breaker=Breaker(lambda: 0.0))
        said = []
        for _ in range(20):
            with pytest.raises(CarrierAway) as refusal:
                phones.deliver(MESSAGE)
            said.append(str(refusal.value))

    assert said[:2] == ["the SMS provider: TimeoutError"] * 2
    assert said[2:] == ["the SMS provider is left alone"] * 18


def test_a_provider_that_answers_no_is_asked_for_the_next_message(provider: Provider) -> None:
    phones = HttpSms(SmsPlace(provider.url), breaker=Breaker(lambda: 0.0))
    provider.status = 503
    for _ in range(3):
        with pytest.raises(CarrierAway):
            phones.deliver(MESSAGE)
    provider.status = 202

    phones.deliver(MESSAGE)

    assert len(provider.posted) == 4
