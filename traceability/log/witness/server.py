"""A witness on the network: the standard library's HTTP server, with an end to its patience."""

import io
import socket
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import BoundedSemaphore
from typing import Any

from traceability.log.witness.page import draw_page, log_address
from traceability.log.witness.patience import PatientReader
from traceability.log.witness.refusals import SizeConflict, WitnessRefusal
from traceability.log.witness.requests import MOST_BODY_BYTES, PATH, SIZE_TYPE
from traceability.log.witness.witness import Witness

REQUEST_SECONDS = 10.0  # A request and its headers, or an idle connection, at most so long.
MOST_REQUEST_BYTES = MOST_BODY_BYTES + 16 * 1024  # With its headers.
MOST_CONNECTIONS = 64  # A thread each; logs ask one at a time.
PLAIN = "text/plain; charset=utf-8"
HTML = "text/html; charset=utf-8"
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Answer:
    """What is sent back."""

    status: int
    content: str
    content_type: str = PLAIN


class WitnessServer(ThreadingHTTPServer):
    """Serves one witness until it is shut down."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], witness: Witness, now: Clock) -> None:
        """Listens at once; `now` is asked for the time of each signature.

        Raises:
            OSError: the address is taken or not ours.
        """
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self.witness = witness
        self.now = now
        self._places = BoundedSemaphore(MOST_CONNECTIONS)
        super().__init__(address, WitnessHandler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Give the connection a thread, or close it where too many are open."""
        if not self._places.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve a connection to its end."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002  # Its signature.
        """A client that hangs up is no news; anything else is said in one line, without a trace."""
        failure = sys.exception()
        if not isinstance(failure, OSError):
            say(f"failed: {failure!r}")


class WitnessHandler(BaseHTTPRequestHandler):
    """One connection to a witness."""

    disable_nagle_algorithm = True  # Headers and body go out at once, not 40 ms apart.
    protocol_version = "HTTP/1.1"  # Connections are kept: logs come again within seconds.
    server_version = "goc-witness"
    sys_version = ""
    server: WitnessServer

    def setup(self) -> None:
        """Read through our own limits."""
        super().setup()
        self._reader = PatientReader(self.connection)
        self.rfile = io.BufferedReader(self._reader)

    def handle_one_request(self) -> None:
        """One request, in its time."""
        self._reader.begin(seconds=REQUEST_SECONDS, most_bytes=MOST_REQUEST_BYTES)
        super().handle_one_request()

    def do_GET(self) -> None:
        """The page for people, or a log's last checkpoint."""
        witness = self.server.witness
        if self.path == "/":
            self._answer(Answer(200, draw_page(witness, now=self.server.now()), HTML))
            return
        for seen in witness.store.all_seen():
            if self.path == f"/{log_address(seen.origin)}/checkpoint":
                self._answer(Answer(200, witness.latest_note(seen)))
                return
        self._answer(Answer(404, "not found\n"))

    def do_POST(self) -> None:
        """What a log asks."""
        if self.path != PATH:
            self._refuse_unread(404)
            return
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()) or "Transfer-Encoding" in self.headers:
            self._refuse_unread(411)
            return
        if len(length) > len(str(MOST_BODY_BYTES)) or int(length) > MOST_BODY_BYTES:
            self._refuse_unread(413)
            return
        body = self.rfile.read(int(length))
        if len(body) < int(length):  # The client hung up.
            self.close_connection = True
            return
        self._answer(answer_to(self.server.witness, body, at=self.server.now()))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # The standard library's.
        """Nothing: `answer_to` says what is worth saying, and no visitor is written down."""

    def version_string(self) -> str:
        """Our name alone."""
        return self.server_version

    def _refuse_unread(self, status: int) -> None:
        """Refuse a body that stays unread: what follows on this connection would be its rest."""
        self.close_connection = True
        self._answer(Answer(status, f"{HTTPStatus(status).phrase}\n"))

    def _answer(self, answer: Answer) -> None:
        content = answer.content.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        self.send_header("X-Content-Type-Options", "nosniff")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)


def answer_to(witness: Witness, body: bytes, *, at: datetime) -> Answer:
    """What the witness says to a body of add-checkpoint."""
    try:
        line = witness.add_checkpoint(body, at=at)
    except SizeConflict as conflict:
        return Answer(conflict.status, f"{conflict.known_size}\n", SIZE_TYPE)
    except WitnessRefusal as refusal:
        say(f"refused with {refusal.status}: {refusal}")
        return Answer(refusal.status, f"{refusal}\n")
    except sqlite3.Error as failure:  # A full disk, say: nothing remembered, nothing signed.
        say(f"cannot remember: {failure}")
        return Answer(503, "this witness cannot remember anything now\n")
    return Answer(200, line)


def say(line: str) -> None:
    """One line for whoever keeps this machine."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
