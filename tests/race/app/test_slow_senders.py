"""Slow connections against the server as `python -m app.run` starts it."""

import contextlib
import http.client
import select
import socket
import time

from app.settings import DRAINED_BYTES, MAX_BODY_BYTES
from tests.race.app.asking import status

BEGUN = (
    b"POST /scan HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\ncode=7"
)


def begun(port: int, *, length: int = 400_000) -> socket.socket:
    sender = socket.create_connection(("127.0.0.1", port), timeout=30)
    sender.sendall(BEGUN % length)
    return sender


def posted(port: int, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.closing(connection):
        connection.request("POST", "/scan", body, headers)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", "")


def test_slow_senders_stop_nobody_and_are_let_go_in_time(port: int) -> None:
    senders = [begun(port) for _ in range(50)]
    time.sleep(0.5)

    for path in ("/healthz", "/"):
        assert status(port, path) == 200
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert posted(port, b"code=7k3m-q9t2+xb4og", form)[0] == 303
    # All that while they were still sending: none of them has been let go yet.
    assert select.select(senders, [], [], 0)[0] == []

    for sender in senders:
        with contextlib.closing(sender):
            answer = b""
            while more := sender.recv(65_536):  # Until the server hangs up.
                answer += more
        assert answer.startswith(b"HTTP/1.1 408 ")
        assert "Đường truyền chậm quá".encode() in answer


def test_a_body_that_is_too_large_gets_its_page(port: int) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    assert posted(port, bytes(MAX_BODY_BYTES + 1), form)[0] == 413
    with contextlib.closing(begun(port, length=DRAINED_BYTES + 1)) as sender:
        assert sender.recv(12) == b"HTTP/1.1 413"


def test_a_body_in_chunks_is_read_whole_and_measured(port: int) -> None:
    def send(parts: list[bytes]) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        with contextlib.closing(connection):
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", "/scan", iter(parts), form, encode_chunked=True)
            return connection.getresponse().status

    assert send([b"code=7k3m", b"-q9t2+xb4og"]) == 303
    assert send([b"a" * 65_536] * 500) == 413


def test_who_hangs_up_leaves_a_shop_that_answers(port: int) -> None:
    for _ in range(20):
        begun(port).close()

    assert status(port, "/healthz") == 200
