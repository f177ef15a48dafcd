"""The server that browser tests use."""

import socket
import struct
import time
from collections.abc import Iterator
from wsgiref.types import StartResponse, WSGIEnvironment

from tests.servers import web

_TIMES = 50
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # Linger: on, no second.


class _Body:
    """An answer that counts how often it was closed."""

    def __init__(self, closed: list[bool]) -> None:
        self._closed = closed

    def __iter__(self) -> Iterator[bytes]:
        return iter([b"letters"])

    def close(self) -> None:
        self._closed.append(True)


def test_an_answer_is_closed_also_when_its_browser_resets_the_connection() -> None:
    """Werkzeug alone forgets about a fifth of these."""
    closed: list[bool] = []

    def application(_environ: WSGIEnvironment, start_response: StartResponse) -> _Body:
        start_response("200 OK", [("Content-Length", "7")])
        return _Body(closed)

    with web.serving(application) as address:
        port = int(address.rpartition(":")[2])
        for _ in range(_TIMES):
            _ask_and_reset(port)
        give_up_at = time.monotonic() + 10
        while len(closed) < _TIMES and time.monotonic() < give_up_at:
            time.sleep(0.02)

    assert len(closed) == _TIMES


def _ask_and_reset(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as browser:
        browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        browser.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        browser.recv(1)
