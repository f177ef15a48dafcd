"""Between the server and Flask: a request takes a thread only when it is here as a whole.

Granian speaks RSGI with us and the loop reads bodies, so that a thousand slow senders hold no
thread; answers are handed over whole, so that slow readers hold none either.
"""

import asyncio
import os
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Protocol
from wsgiref.types import WSGIApplication

from flask import Flask, request

from app.settings import DRAINED_BYTES, MAX_BODY_BYTES
from core.errors import AppError, Busy, sentence

THREADS = 4  # A request that waits for the database leaves three to answer others.
PATIENCE_SECONDS = 20.0  # For a body to arrive, and a second more for each …
SLOWEST_BYTES = 16_384  # … of these: the worst of mobile networks does better.
IN_MEMORY_BYTES = 65_536  # More goes to a file: a thousand bodies fit in 64 MB.
MOST_STORED_BYTES = 1_000_000_000  # Of all bodies at once, on the disk.
REFUSAL = "goc.refusal"

Answer = tuple[int, list[tuple[str, str]], bytes]


class TooSlow(AppError):
    """The body did not arrive in time."""

    status = 408
    sentence = sentence("Đường truyền chậm quá nên chưa nhận được hết. Xin thử lại nơi sóng khỏe.")


class Headers(Protocol):
    """What the server tells of headers."""

    def items(self) -> Iterable[tuple[str, str]]:
        """Names in small letters with values, the repeated ones repeated."""


class Scope(Protocol):
    """What the server tells of a request; names of granian's RSGI specification."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    headers: Headers


class Gateway:
    """The application as granian calls it."""

    def __init__(self, application: WSGIApplication) -> None:
        """Starts no thread: processes are still to be forked."""
        self._application = application
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="request")
        self._stored = 0

    async def __rsgi__(self, scope: Scope, protocol: Any) -> None:
        """Read the body, let a thread answer, hand the answer over."""
        environ = environ_of(scope)
        with SpooledTemporaryFile(IN_MEMORY_BYTES) as body:
            try:
                if "CONTENT_LENGTH" in environ or "HTTP_TRANSFER_ENCODING" in environ:
                    environ[REFUSAL] = await self._read(protocol, body, environ)
                body.seek(0)
                environ["wsgi.input"] = body
                loop = asyncio.get_running_loop()
                answer = await loop.run_in_executor(self._threads, self._answer, environ)
            finally:
                self._stored -= body.seek(0, os.SEEK_END)
        protocol.response_bytes(*answer)

    async def _read(
        self, protocol: Any, body: IO[bytes], environ: dict[str, Any]
    ) -> AppError | None:
        """Read into `body`, at most a byte more than is allowed; give why it is not whole."""
        length = environ.get("CONTENT_LENGTH", "")
        left = DRAINED_BYTES
        if length.isdigit() and int(length) > left:
            return None  # Flask refuses it by its length alone.
        try:
            async with asyncio.timeout(None) as patience:
                deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
                patience.reschedule(deadline)
                async for chunk in protocol:
                    left -= len(chunk)
                    if left < 0:
                        break
                    if self._stored > MOST_STORED_BYTES:
                        return Busy("too many bodies at once")
                    kept = chunk[: MAX_BODY_BYTES + 1 - body.tell()]
                    self._stored += body.write(kept)
                    deadline += len(chunk) / SLOWEST_BYTES
                    patience.reschedule(deadline)
        except TimeoutError:
            return TooSlow(f"{DRAINED_BYTES - left} bytes came")
        if environ.pop("HTTP_TRANSFER_ENCODING", ""):  # Came in chunks; now its length is known.
            environ["CONTENT_LENGTH"] = str(DRAINED_BYTES - left)
        return None

    def _answer(self, environ: dict[str, Any]) -> Answer:
        began: list[tuple[int, list[tuple[str, str]]]] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], _error: object = None
        ) -> Any:
            began[:] = [(int(status.split(" ", 1)[0]), headers)]

        chunks = self._application(environ, start_response)
        try:
            content = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        return *began[0], content


def environ_of(scope: Scope) -> dict[str, Any]:
    """What PEP 3333 says a request is, without its body."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _as_wsgi(scope.path),
        "QUERY_STRING": _as_wsgi(scope.query_string),
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": _parts(scope.client)[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.input_terminated": True,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    environ["SERVER_NAME"], environ["SERVER_PORT"] = _parts(scope.server)
    for name, value in scope.headers.items():
        if "_" in name:  # `X_Forwarded_For` would pass for the header a proxy sets.
            continue
        key = name.upper().replace("-", "_")
        key = key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"
        joint = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value
    return environ


def init_gateway(app: Flask) -> None:
    """Let the application refuse, in its own words, what did not arrive whole."""
    app.before_request(_refuse_unread)


def _refuse_unread() -> None:
    refusal: AppError | None = request.environ.get(REFUSAL)
    if refusal is not None:
        raise refusal


def _as_wsgi(text: str) -> str:
    return text.encode().decode("latin-1")


def _parts(address: str) -> tuple[str, str]:
    host, _, port = address.rpartition(":")
    return host.strip("[]"), port
