"""One conversation with a witness over HTTP, which can be cut off from outside."""

import contextlib
import http.client
import socket
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

TOO_LATE = "no answer in time"
MOST_REPLY_BYTES = 64 * 1024  # Sixteen cosignatures of the longest kind would fit.


class CallFailed(Exception):
    """The witness could not be reached, or did not answer as HTTP servers do."""


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    content_type: str
    content: str


class Call:
    """A connection to one witness. `end` may be called from another thread: it hangs up."""

    def __init__(self, url: str) -> None:
        """Connects to nobody yet."""
        parts = urlsplit(url)
        self._prefix = parts.path.rstrip("/")
        self._is_secret = parts.scheme == "https"
        self._host, self._port = parts.hostname or "", parts.port
        self._connection: http.client.HTTPConnection | None = None
        self._ends_at = 0.0
        self._is_over = False

    def begin(self, seconds: float) -> None:
        """Give all that follows so many seconds."""
        self._ends_at = monotonic() + seconds

    def post(self, path: str, body: bytes) -> Reply:
        """Send a body and read the answer; redirections are not followed.

        Raises:
            CallFailed: the time is over, the answer is too long, or there is none.
        """
        try:
            connection = self._connected()
            connection.request(
                "POST",
                self._prefix + path,
                body,
                {"Content-Type": "text/plain; charset=utf-8", "User-Agent": "goc-log"},
            )
            self._require_time()  # It may have ended while we were still connecting.
            with connection.getresponse() as response:
                return self._read(response)
        except TimeoutError as late:
            self._hang_up()
            raise CallFailed(TOO_LATE) from late
        except (OSError, http.client.HTTPException, UnicodeDecodeError) as wrong:
            self._hang_up()
            raise CallFailed(f"{type(wrong).__name__}: {wrong}") from wrong

    def end(self) -> None:
        """Hang up for good: whoever reads from the connection is woken."""
        self._is_over = True
        self._hang_up()

    def _connected(self) -> http.client.HTTPConnection:
        self._require_time()
        if self._connection is None:
            kind = http.client.HTTPSConnection if self._is_secret else http.client.HTTPConnection
            seconds_left = max(0.01, self._ends_at - monotonic())
            self._connection = kind(self._host, self._port, timeout=seconds_left)
        return self._connection

    def _read(self, response: http.client.HTTPResponse) -> Reply:
        content = b""
        while chunk := response.read1(MOST_REPLY_BYTES):
            content += chunk
            if len(content) > MOST_REPLY_BYTES:
                raise http.client.HTTPException("the answer is too long")
            self._require_time()
        return Reply(response.status, response.headers.get("Content-Type", ""), content.decode())

    def _require_time(self) -> None:
        if self._is_over or monotonic() >= self._ends_at:
            raise TimeoutError(TOO_LATE)

    def _hang_up(self) -> None:
        if self._connection is None:
            return
        with contextlib.suppress(OSError, AttributeError):  # Not connected yet.
            self._connection.sock.shutdown(socket.SHUT_RDWR)
        self._connection.close()
