import asyncio
from types import SimpleNamespace
from typing import Any, cast

from app.gateway import Gateway, Scope, environ_of


class Sent:
    """The server's side of a request: an endless body, and what was answered."""

    def __init__(self) -> None:
        self.answers: list[tuple[Any, ...]] = []

    def response_bytes(self, *answer: Any) -> None:
        self.answers.append(answer)


def asked(*headers: tuple[str, str], **given: str) -> Scope:
    of = {"method": "GET", "path": "/", "query_string": "", "scheme": "http", "http_version": "1.1"}
    ends = {"client": "127.0.0.1:5000", "server": "127.0.0.1:8000"}
    return cast(
        "Scope",
        SimpleNamespace(**{**of, **ends, **given}, headers=SimpleNamespace(items=lambda: headers)),
    )


def test_paths_and_queries_reach_flask_as_bytes_in_latin_1() -> None:
    environ = environ_of(asked(path="/chè", query_string="q=chè"))

    assert environ["PATH_INFO"] == "/chÃ¨"
    assert environ["QUERY_STRING"] == "q=chÃ¨"


def test_addresses_lose_their_port_and_brackets() -> None:
    assert environ_of(asked(client="10.0.0.7:99"))["REMOTE_ADDR"] == "10.0.0.7"
    assert environ_of(asked(client="[::1]:99"))["REMOTE_ADDR"] == "::1"
    assert environ_of(asked())["SERVER_PORT"] == "8000"


def test_repeated_headers_are_joined_and_cookies_as_cookies() -> None:
    environ = environ_of(
        asked(("cookie", "a=1"), ("cookie", "b=2"), ("accept", "x"), ("accept", "y"))
    )

    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_ACCEPT"] == "x,y"


def test_a_header_with_an_underscore_passes_for_no_other() -> None:
    environ = environ_of(asked(("x_forwarded_for", "6.6.6.6"), ("content-type", "text/plain")))

    assert "HTTP_X_FORWARDED_FOR" not in environ
    assert environ["CONTENT_TYPE"] == "text/plain"


async def _answered(gateway: Gateway, scope: Scope) -> list[tuple[Any, ...]]:
    sent = Sent()
    await gateway.__rsgi__(scope, sent)
    return sent.answers


def test_what_flask_streams_is_handed_over_whole_and_closed() -> None:
    closed = []

    class Chunks(list[bytes]):
        def close(self) -> None:
            closed.append(True)

    def application(_environ: Any, start_response: Any) -> Any:
        start_response("200 OK", [("X-A", "1")])
        return Chunks([b"one ", b"two"])

    answers = asyncio.run(_answered(Gateway(application), asked()))

    assert answers == [(200, [("X-A", "1")], b"one two")]
    assert closed == [True]
