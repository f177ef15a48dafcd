"""Between the server and Flask: a request takes a thread only when it is here as a whole.

Granian speaks ASGI with us and the loop reads bodies, so that a thousand slow senders hold no
thread; answers are handed over whole, so that slow readers hold none either. Why ASGI:
docs/adr/0006-the-server-speaks-asgi.md.
"""

import asyncio
import contextlib
import os
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIApplication

from flask import Flask, request

from app.settings import DRAINED_BYTES, MAX_BODY_BYTES
from core.errors import AppError, Busy, NoRoom, sentence

THREADS = 4  # A request that waits for the database leaves three to answer others.
# Forms that hash a password or a PIN (60 ms, one at a time in a process) queue for a thread of
# their own: fifty people signing in at once would else hold all four, and every stamp page.
HASHING = ("/sign-in", "/sign-up/", "/password/", "/account/")
HASHING_NICENESS = 5  # A hash may wait for a page; a page does not wait for a hash.
MOST_HASHING = 80  # Waiting or at it: five seconds of hashes.
PATIENCE_SECONDS = 20.0  # For a body to arrive, and a second more for each …
SLOWEST_BYTES = 16_384  # … of these: the worst of mobile networks does better.
IN_MEMORY_BYTES = 65_536  # More goes to a file: a thousand bodies fit in 64 MB.
MOST_STORED_BYTES = 1_000_000_000  # Of all bodies at once, on the disk.
REFUSAL = "goc.refusal"

# As ASGI 3.0 names them: https://asgi.readthedocs.io/en/latest/specs/www.html
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class TooSlow(AppError):
    """The body did not arrive in time."""

    status = 408
    sentence = sentence("Đường truyền chậm quá nên chưa nhận được hết. Xin thử lại nơi sóng khỏe.")


class _HungUp(Exception):  # Not an error: people lose their signal.
    """Who asked is gone; nobody waits for an answer."""


class Gateway:
    """The application as granian calls it."""

    def __init__(self, application: WSGIApplication) -> None:
        """Starts no thread: processes are still to be forked."""
        self._application = application
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="request")
        self._hashing = ThreadPoolExecutor(1, thread_name_prefix="hashing", initializer=_give_way)
        self._hashing_now = 0
        self._stored = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body, let a thread answer, hand the answer over."""
        environ = environ_of(scope)
        # Unbuffered: what a full disk does not take is known when it is written, not later.
        with SpooledTemporaryFile(IN_MEMORY_BYTES, buffering=0) as body:
            try:
                if "CONTENT_LENGTH" in environ or "HTTP_TRANSFER_ENCODING" in environ:
                    environ[REFUSAL] = await self._read(receive, body, environ)
                body.seek(0)
                environ["wsgi.input"] = body
                start, content = await self._answered(environ)
            except _HungUp:
                return
            finally:
                self._stored -= body.seek(0, os.SEEK_END)
        await send(start)
        await send({"type": "http.response.body", "body": content, "more_body": False})

    async def _answered(self, environ: dict[str, Any]) -> tuple[Message, bytes]:
        """Let a thread answer; hashing has one of its own."""
        loop = asyncio.get_running_loop()
        if not _hashes(environ):
            return await loop.run_in_executor(self._threads, self._answer, environ)
        if self._hashing_now >= MOST_HASHING:
            environ[REFUSAL] = environ.get(REFUSAL) or Busy("too many forms that hash")
            return await loop.run_in_executor(self._threads, self._answer, environ)
        self._hashing_now += 1
        try:
            return await loop.run_in_executor(self._hashing, self._answer, environ)
        finally:
            self._hashing_now -= 1

    async def _read(
        self, receive: Receive, body: IO[bytes], environ: dict[str, Any]
    ) -> AppError | None:
        """Read into `body`, at most a byte more than is allowed; give why it is not whole."""
        length = environ.get("CONTENT_LENGTH", "")
        left, refusal = DRAINED_BYTES, None
        if length.isdigit() and int(length) > left:
            return None  # Flask refuses it by its length alone.
        try:
            async with asyncio.timeout(None) as patience:
                deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
                patience.reschedule(deadline)
                async for chunk in _chunks(receive):
                    left -= len(chunk)
                    if left < 0:
                        break
                    refusal = refusal or self._store(body, chunk)  # Refused, but read to its end.
                    deadline += len(chunk) / SLOWEST_BYTES
                    patience.reschedule(deadline)
        except TimeoutError:
            return TooSlow(f"{DRAINED_BYTES - left} bytes came")
        if environ.pop("HTTP_TRANSFER_ENCODING", ""):  # Came in chunks; now its length is known.
            environ["CONTENT_LENGTH"] = str(DRAINED_BYTES - left)
        return refusal

    def _store(self, body: IO[bytes], chunk: bytes) -> AppError | None:
        if self._stored > MOST_STORED_BYTES:
            return Busy("too many bodies at once")
        before = body.tell()
        kept = chunk[: MAX_BODY_BYTES + 1 - before]
        try:
            body.write(kept)
            refusal = None
        except OSError as error:
            refusal = NoRoom(f"a body: {error.strerror}")
        after = body.seek(0, os.SEEK_END)
        self._stored += after - before
        if after < before + len(kept):  # A disk that is nearly full takes a part and says nothing.
            return refusal or NoRoom("a part of a body")
        return refusal

    def _answer(self, environ: dict[str, Any]) -> tuple[Message, bytes]:
        start: Message = {"type": "http.response.start"}

        def start_response(
            status: str, headers: list[tuple[str, str]], _error: object = None
        ) -> Any:
            start["status"] = int(status.split(" ", 1)[0])
            start["headers"] = [
                (name.encode("latin-1"), value.encode("latin-1")) for name, value in headers
            ]

        chunks = self._application(environ, start_response)
        try:
            content = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        return start, content


def _hashes(environ: dict[str, Any]) -> bool:
    path: str = environ["PATH_INFO"]
    return environ["REQUEST_METHOD"] == "POST" and path.startswith(HASHING)


def _give_way() -> None:
    """Let the thread that begins here run when the others leave a core to it (Linux)."""
    with contextlib.suppress(AttributeError, OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), HASHING_NICENESS)


async def _chunks(receive: Receive) -> AsyncIterator[bytes]:
    """The body as it comes.

    Raises:
        _HungUp: it will not come whole.
    """
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _HungUp
        yield message["body"]
        more = message["more_body"]


def environ_of(scope: Scope) -> dict[str, Any]:
    """What PEP 3333 says a request is, without its body; and `REQUEST_URI`, as it came.

    Only there `%2F` and `/` are told apart, which GS1's Digital Links need.
    """
    raw_path: bytes = scope["raw_path"]
    query = scope["query_string"].decode("latin-1")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "REQUEST_URI": raw_path.decode("latin-1") + (f"?{query}" if query else ""),
        "SCRIPT_NAME": "",
        # Not ASGI's `path`: bytes that are no UTF-8 are lost there.
        "PATH_INFO": unquote_to_bytes(raw_path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": scope["client"][0],
        "SERVER_NAME": scope["server"][0],
        "SERVER_PORT": str(scope["server"][1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.input_terminated": True,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        key = _key_of(name)
        if not key or (key == "HTTP_HOST" and not value):  # Granian's word for: none was sent.
            continue
        text = value.decode("latin-1")
        joint = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{joint}{text}" if key in environ else text
    return environ


@lru_cache(maxsize=256)  # Browsers send the same few dozen names.
def _key_of(name: bytes) -> str:
    """The WSGI name of a header; empty where it would pass for another's.

    `X_Forwarded_For` would be the `X-Forwarded-For` that a proxy sets.
    """
    if b"_" in name:
        return ""
    key = name.decode("latin-1").upper().replace("-", "_")
    return key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"


def init_gateway(app: Flask) -> None:
    """Let the application refuse, in its own words, what did not arrive whole."""
    app.before_request(_refuse_unread)


def _refuse_unread() -> None:
    refusal: AppError | None = request.environ.get(REFUSAL)
    if refusal is not None:
        raise refusal
