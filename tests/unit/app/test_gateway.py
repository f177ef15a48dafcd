import asyncio
import io
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event
from typing import IO, Any

import pytest
from typing_extensions import Buffer

from app.gateway import MOST_HASHING, REFUSAL, Gateway, Message, Scope, environ_of
from core.errors import Busy, NoRoom


def asked(*headers: tuple[bytes, bytes], **given: Any) -> Scope:
    of = {"method": "GET", "raw_path": b"/", "query_string": b"", "scheme": "http"}
    ends = {"client": ("127.0.0.1", 5000), "server": ("127.0.0.1", "8000")}
    return {**of, **ends, "http_version": "1.1", **given, "headers": headers}


def part(body: bytes, *, more: bool) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def test_paths_reach_flask_as_bytes_in_latin_1() -> None:
    environ = environ_of(asked(raw_path=b"/ch%C3%A8", query_string=b"q=ch%C3%A8"))

    assert environ["PATH_INFO"] == "/chÃ¨"
    assert environ["QUERY_STRING"] == "q=ch%C3%A8"


def test_the_address_is_there_as_it_came() -> None:
    with_query = environ_of(asked(raw_path=b"/01/x/10/A%2FB", query_string=b"q=%2F"))

    assert with_query["REQUEST_URI"] == "/01/x/10/A%2FB?q=%2F"
    assert with_query["PATH_INFO"] == "/01/x/10/A/B"
    assert environ_of(asked(raw_path=b"//a"))["REQUEST_URI"] == "//a"


def test_bytes_of_a_path_that_are_no_utf_8_are_kept() -> None:
    assert environ_of(asked(raw_path=b"/%FF%00"))["PATH_INFO"] == "/\xff\x00"


def test_addresses_and_ports_are_told_apart() -> None:
    environ = environ_of(asked(client=("::1", 99)))

    assert environ["REMOTE_ADDR"] == "::1"
    assert (environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("127.0.0.1", "8000")


def test_repeated_headers_are_joined_and_cookies_as_cookies() -> None:
    environ = environ_of(
        asked((b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"accept", b"x"), (b"accept", b"y"))
    )

    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_ACCEPT"] == "x,y"


def test_a_header_with_an_underscore_passes_for_no_other() -> None:
    environ = environ_of(asked((b"x_forwarded_for", b"6.6.6.6"), (b"content-type", b"text/plain")))

    assert "HTTP_X_FORWARDED_FOR" not in environ
    assert environ["CONTENT_TYPE"] == "text/plain"


def test_a_header_that_is_no_text_is_read_as_its_bytes() -> None:
    assert environ_of(asked((b"x-b", b"\xff\xfe")))["HTTP_X_B"] == "\xff\xfe"


def test_a_host_nobody_named_is_none() -> None:
    assert "HTTP_HOST" not in environ_of(asked((b"host", b"")))


async def _answered(
    gateway: Gateway, scope: Scope, received: Iterable[Message] = ()
) -> list[Message]:
    sent: list[Message] = []
    coming = iter(received)

    async def receive() -> Message:
        return next(coming)

    async def send(message: Message) -> None:
        sent.append(message)

    await gateway(scope, receive, send)
    return sent


def test_what_flask_streams_is_handed_over_whole_and_closed() -> None:
    closed = []

    class Chunks(list[bytes]):
        def close(self) -> None:
            closed.append(True)

    def application(_environ: Any, start_response: Any) -> Any:
        start_response("200 OK", [("X-A", "é")])
        return Chunks([b"one ", b"two"])

    start, body = asyncio.run(_answered(Gateway(application), asked()))

    assert start == {"type": "http.response.start", "status": 200, "headers": [(b"X-A", b"\xe9")]}
    assert body == {"type": "http.response.body", "body": b"one two", "more_body": False}
    assert closed == [True]


def test_a_body_in_chunks_reaches_flask_whole_with_its_length() -> None:
    seen = []

    def application(environ: Any, start_response: Any) -> Any:
        seen.append((environ["wsgi.input"].read(), environ["CONTENT_LENGTH"], environ[REFUSAL]))
        start_response("200 OK", [])
        return []

    body = [part(b"one ", more=True), part(b"two", more=True), part(b"", more=False)]
    sending = asked((b"transfer-encoding", b"chunked"), method="POST")
    asyncio.run(_answered(Gateway(application), sending, body))

    assert seen == [(b"one two", "7", None)]


def test_who_hangs_up_while_sending_is_not_answered() -> None:
    def application(_environ: Any, _start_response: Any) -> Any:
        raise AssertionError

    body = [part(b"half", more=True), {"type": "http.disconnect"}]
    sending = asked((b"content-length", b"10"), method="POST")

    assert asyncio.run(_answered(Gateway(application), sending, body)) == []


class Halved(io.BytesIO):
    """A file on a disk that is nearly full: it takes a part and says nothing."""

    def write(self, content: Buffer, /) -> int:
        return super().write(bytes(content)[: memoryview(content).nbytes // 2])


def _full(**_: object) -> IO[bytes]:
    return Path("/dev/full").open("r+b", buffering=0)


def _none(**_: object) -> IO[bytes]:
    raise FileNotFoundError("no usable temporary directory")


@pytest.mark.parametrize("file", [_full, _none, lambda **_: Halved()])
def test_a_body_a_full_disk_does_not_hold_is_read_to_its_end_and_refused(
    monkeypatch: pytest.MonkeyPatch, file: Callable[..., IO[bytes]]
) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", file)
    refusals = []

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        refusals.append(environ[REFUSAL])
        start_response("507 Insufficient Storage", [])
        return []

    body = iter(part(b"x" * 10_000, more=left > 0) for left in reversed(range(10)))
    sending = asked((b"content-length", b"100000"), method="POST")
    start, _ = asyncio.run(_answered(Gateway(application), sending, body))

    assert [type(refusal) for refusal in refusals] == [NoRoom]
    assert next(body, None) is None
    assert start["status"] == 507


def test_forms_that_hash_queue_for_one_thread_and_pages_pass_by() -> None:
    release = Event()
    at_once: list[int] = []
    inside: set[str] = set()

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            inside.add(environ["QUERY_STRING"])
            at_once.append(len(inside))
            release.wait(10)
            inside.discard(environ["QUERY_STRING"])
        start("200 OK", [])
        return [environ["PATH_INFO"].encode()]

    async def crowd() -> list[Message]:
        gateway = Gateway(application)
        forms = [
            asyncio.create_task(
                _answered(
                    gateway,
                    asked(method="POST", raw_path=b"/sign-in", query_string=b"%d" % number),
                )
            )
            for number in range(20)
        ]
        await asyncio.sleep(0)
        page = await asyncio.wait_for(_answered(gateway, asked(raw_path=b"/s/1")), 5)
        release.set()
        await asyncio.gather(*forms)
        return page

    page = asyncio.run(crowd())

    assert page[1]["body"] == b"/s/1"
    assert at_once == [1] * 20


def test_where_too_many_wait_to_be_hashed_the_next_is_told_so() -> None:
    release = Event()
    refusals: list[object] = []

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        refusals.append(environ.get(REFUSAL))
        if environ.get(REFUSAL) is None:
            release.wait(10)
        start("200 OK", [])
        return [b""]

    async def crowd() -> None:
        gateway = Gateway(application)
        form = asked(method="POST", raw_path=b"/sign-in")
        forms = [asyncio.create_task(_answered(gateway, form)) for _ in range(MOST_HASHING)]
        await asyncio.sleep(0)
        await asyncio.wait_for(_answered(gateway, form), 5)
        release.set()
        await asyncio.gather(*forms)

    asyncio.run(crowd())

    assert [type(one) for one in refusals].count(Busy) == 1
    assert len(refusals) == MOST_HASHING + 1
