"""A witness on the network: C2SP's answers, bounded bodies, and an end to its patience."""

import contextlib
import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.unit.traceability.log.witness.makers import ORIGIN, SmallLog, make_witness
from tests.unit.traceability.log.witness.serving import asked, served
from traceability.log.notes import add_lines, open_note
from traceability.log.witness import server as server_module
from traceability.log.witness.page import log_address
from traceability.log.witness.requests import MOST_BODY_BYTES, PATH
from traceability.log.witness.witness import Witness


@pytest.fixture
def log() -> SmallLog:
    return SmallLog()


@pytest.fixture
def witness(tmp_path: Path, log: SmallLog) -> Witness:
    return make_witness(tmp_path / "w", log)


@pytest.fixture
def port(witness: Witness) -> Iterator[int]:
    with served(witness) as port:
        yield port


def test_growth_is_answered_with_the_cosignature(
    port: int, log: SmallLog, witness: Witness
) -> None:
    response, line = asked(port, "POST", PATH, log.body(0, 5))

    assert response.status == 200
    opened = open_note(add_lines(log.note(5), [line]), [witness.key.witness_key])
    assert list(opened.signatures) == [witness.key.witness_key]


def test_every_refusal_has_its_status(port: int, log: SmallLog) -> None:
    asked(port, "POST", PATH, log.body(0, 5))
    stranger = SmallLog("stranger.example/log")
    impostor = SmallLog(ORIGIN)
    bodies = {
        404: stranger.body(0, 5),
        403: impostor.body(5, 6),
        400: log.body(7, 6),
        422: log.body(5, 9, word="another"),
    }

    for status, body in bodies.items():
        assert asked(port, "POST", PATH, body)[0].status == status
    assert asked(port, "POST", PATH, b"nonsense")[0].status == 400


def test_the_known_size_is_told_in_c2sp_s_type(port: int, log: SmallLog) -> None:
    asked(port, "POST", PATH, log.body(0, 5))

    response, body = asked(port, "POST", PATH, log.body(0, 6))

    assert (response.status, body) == (409, "5\n")
    assert response.headers["Content-Type"] == "text/x.tlog.size"


def test_a_second_root_is_409_without_a_size_to_ask_again_from(port: int, log: SmallLog) -> None:
    asked(port, "POST", PATH, log.body(0, 5))

    response, _ = asked(port, "POST", PATH, log.body(5, 5, word="another"))

    assert response.status == 409
    assert response.headers["Content-Type"] != "text/x.tlog.size"


def test_the_page_says_whose_witness_it_is_and_what_it_signed(
    port: int, log: SmallLog, witness: Witness
) -> None:
    _, before = asked(port, "GET", "/")
    asked(port, "POST", PATH, log.body(0, 5))
    asked(port, "POST", PATH, log.body(5, 5, word="another"))

    response, page = asked(port, "GET", "/")

    assert response.status == 200
    assert "Nhân chứng witness.example/1" in page
    assert witness.key.witness_key.text in page
    assert "Chưa ký gì." in before
    assert "Chưa ký gì." not in page
    assert f"<h3>{ORIGIN}</h3>\n<p>5 dòng, lúc " in page
    assert "hai bản khác nhau" in page
    assert "hai bản khác nhau" not in before
    assert "phía trước đồng hồ" not in page


def test_an_owner_s_name_is_text_never_markup(tmp_path: Path, log: SmallLog) -> None:
    witness = make_witness(tmp_path / "x", log)
    witness.store.owner = "<script>alert(1)</script>"

    with served(witness) as port:
        _, page = asked(port, "GET", "/")

    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_last_checkpoint_can_be_fetched_by_monitors(
    port: int, log: SmallLog, witness: Witness
) -> None:
    path = f"/{log_address(ORIGIN)}/checkpoint"
    assert asked(port, "GET", path)[0].status == 404
    asked(port, "POST", PATH, log.body(0, 5))

    response, note = asked(port, "GET", path)

    assert response.status == 200
    assert len(open_note(note, [log.key.verifying_key, witness.key.witness_key]).signatures) == 2


def test_other_addresses_and_methods_are_none(port: int, log: SmallLog) -> None:
    assert asked(port, "GET", "/etc/passwd")[0].status == 404
    assert asked(port, "GET", PATH)[0].status == 404
    assert asked(port, "POST", "/", log.body(0, 5))[0].status == 404
    assert asked(port, "DELETE", "/")[0].status == 501


def test_a_connection_is_kept_for_the_next_request(port: int, log: SmallLog) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.closing(connection):
        for old_size, size in ((0, 5), (5, 6), (6, 7)):
            connection.request("POST", PATH, log.body(old_size, size))
            response = connection.getresponse()
            assert (response.status, len(response.read()) > 100) == (200, True)


def test_a_body_too_large_is_refused_unread(port: int) -> None:
    assert asked(port, "POST", PATH, b"o" * (MOST_BODY_BYTES + 1))[0].status == 413


@pytest.mark.parametrize(
    "header", ["Content-Length: -1", "Content-Length: x", "Transfer-Encoding: chunked", "A: b"]
)
def test_a_body_of_unknown_length_is_refused(port: int, header: str) -> None:
    said = _said(port, f"POST {PATH} HTTP/1.1\r\n{header}\r\n\r\n0\r\n\r\n".encode())

    assert said.startswith(b"HTTP/1.1 411 ")


def test_a_length_of_a_million_digits_is_refused(port: int) -> None:
    said = _said(port, f"POST {PATH} HTTP/1.1\r\nContent-Length: {'9' * 60_000}\r\n\r\n".encode())

    assert said.startswith(b"HTTP/1.1 413 ")


def test_a_slow_sender_is_cut_off(
    port: int, log: SmallLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "REQUEST_SECONDS", 0.3)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as slow:
        slow.sendall(f"POST {PATH} HTTP/1.1\r\nContent-Length: 500\r\n\r\nold".encode())

        assert slow.recv(100) == b""  # Hung up, without a word.


def test_a_drip_of_headers_is_cut_off_however_steady(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "REQUEST_SECONDS", 0.3)
    with socket.create_connection(("127.0.0.1", port), timeout=0.02) as slow:
        drops = 0
        slow.sendall(b"GET / HTTP/1.1\r\n")
        with contextlib.suppress(ConnectionError):
            while drops < 500 and not _is_closed(slow):
                slow.sendall(b"A: b\r\n")
                drops += 1

    assert 0 < drops < 500


def test_headers_without_end_are_cut_off(port: int) -> None:
    said = _said(port, b"GET / HTTP/1.1\r\n" + f"A: {'b' * 60_000}\r\n".encode() * 5)

    assert b"200" not in said[:20]


def test_many_who_say_nothing_keep_nobody_out(
    port: int, log: SmallLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    with contextlib.ExitStack() as crowd:
        for _ in range(30):
            crowd.enter_context(socket.create_connection(("127.0.0.1", port)))

        assert asked(port, "POST", PATH, log.body(0, 5))[0].status == 200


def test_more_connections_than_places_are_closed_and_places_come_back(
    witness: Witness, log: SmallLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "MOST_CONNECTIONS", 2)
    with served(witness) as port:
        with contextlib.ExitStack() as crowd:
            for _ in range(2):
                crowd.enter_context(socket.create_connection(("127.0.0.1", port)))
            assert _said(port, b"GET / HTTP/1.1\r\n\r\n") == b""

        _wait_for_place(port)
        assert asked(port, "POST", PATH, log.body(0, 5))[0].status == 200


def _wait_for_place(port: int) -> None:
    for _ in range(200):
        if _said(port, b"GET / HTTP/1.0\r\n\r\n"):
            return
    raise AssertionError("no place came back")


def _said(port: int, request: bytes) -> bytes:
    said = b""
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    with connection, contextlib.suppress(ConnectionError):
        connection.sendall(request)
        while b"\r\n\r\n" not in said and (chunk := connection.recv(65_536)):
            said += chunk
    return said


def _is_closed(connection: socket.socket) -> bool:
    try:
        return connection.recv(100) == b""
    except TimeoutError:
        return False
