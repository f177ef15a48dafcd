"""Addresses as phones and strangers send them, against the server as `python -m app.run` starts it.

Only a real server shows them: Flask's test client decodes a path before it is asked.
"""

import http.client
import socket

import pytest

from tests.race.app.asking import asked

LINK = "/01/09521234543213"  # GS1's prefix for demonstrations.
SERIAL = "7K3MQ9T2XB40G"


def test_an_encoded_slash_is_a_character_of_the_lot(port: int) -> None:
    assert asked(port, f"{LINK}/10/A%2FB/21/{SERIAL}?q=1") == (
        307,
        f"/s/{SERIAL}?gtin=09521234543213&lot=A/B&q=1",
    )
    assert asked(port, f"{LINK}/10/A%2fB") == (307, "/products")


def test_a_slash_that_is_one_still_parts(port: int) -> None:
    assert asked(port, f"{LINK}/10/A/B/21/{SERIAL}") == (400, "")


def test_a_plus_is_a_plus_and_a_percent_sign_is_decoded_once(port: int) -> None:
    assert asked(port, f"{LINK}/10/A+B/21/{SERIAL}")[1].endswith("&lot=A%2BB")
    assert asked(port, f"{LINK}/10/A%252FB/21/{SERIAL}")[1].endswith("&lot=A%252FB")


@pytest.mark.parametrize("base", [f"{LINK}/10/", f"{LINK}/21/", "/01/", "/s/", "/products/", "/"])
@pytest.mark.parametrize(
    "rest",
    [
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/",
        "a%00b",
        "%ff%fe",
        "%ED%A0%80",
        "%F0%9F%8D%B5",
        "/",
        "//a//b",
        "%2F%2F",
        "%",
        "%zz",
        "%0d%0aX-A:%201",
        "A" * 5_000,
        "%2F" * 5_000,
    ],
)
def test_no_address_breaks_anything(port: int, base: str, rest: str) -> None:
    status, location = asked(port, base + rest)

    assert 200 <= status < 500
    assert not location.startswith("//")


def test_an_address_without_end_is_too_long(port: int) -> None:
    assert asked(port, "/s/" + "A" * 70_000)[0] == 414


@pytest.mark.parametrize("target", [b"/\xff", b"/s/\xc3\xa8", b"*", b"s", b"http://localhost//a"])
def test_a_target_that_is_no_path_is_answered(port: int, target: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as asking:
        asking.sendall(b"GET %b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" % target)
        answer = http.client.HTTPResponse(asking)
        answer.begin()

    assert 200 <= answer.status < 500


def test_who_names_no_host_is_answered(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as asking:
        asking.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")

        assert asking.recv(12) == b"HTTP/1.0 200"


def test_a_question_for_the_headers_gets_no_body(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as asking:
        asking.sendall(b"HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        said = b""
        while more := asking.recv(65_536):
            said += more

    assert said.startswith(b"HTTP/1.1 200 ")
    assert said.endswith(b"\r\n\r\n")
    assert b"content-length: 0" not in said.lower()
