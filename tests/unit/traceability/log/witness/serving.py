"""Witnesses on real ports, honest ones and others, for tests."""

import contextlib
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Thread

from tests.servers.processes import free_port, running, wait_until_ready
from traceability.log.witness.server import WitnessServer
from traceability.log.witness.witness import Witness

PROGRAM = [sys.executable, "-m", "traceability.log.witness"]
FILES = ["--key", "key", "--database", "memory"]
HERE = {"PYTHONPATH": str(Path(__file__).resolve().parents[5])}
Talk = Callable[[socket.socket], None]


@contextlib.contextmanager
def served(witness: Witness, *, clock: Callable[[], datetime] | None = None) -> Iterator[int]:
    """Serve a witness in a thread; gives its port."""
    server = WitnessServer(("127.0.0.1", 0), witness, clock or (lambda: datetime.now(UTC)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass(frozen=True)
class Running:
    """A witness's program at work."""

    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextlib.contextmanager
def process_of(folder: Path) -> Iterator[Running]:
    """Run the program of a witness whose files lie in `folder`, on a free port."""
    port = free_port()
    command = [*PROGRAM, *FILES, "--logs", "logs", "--bind", f"127.0.0.1:{port}"]
    with running(command, folder=folder, environment=HERE, as_ourselves=True) as process:
        wait_until_ready(lambda: answers(port), process=process, folder=folder, seconds=120)
        yield Running(port, process)


@contextlib.contextmanager
def saying(talk: Talk) -> Iterator[str]:
    """Serve whatever `talk` does with each connection; gives the address."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)
    is_over = False

    def serve() -> None:
        while not is_over:
            with contextlib.suppress(TimeoutError):
                connection, _ = listener.accept()
                Thread(target=_talk, args=(talk, connection), daemon=True).start()

    thread = Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        is_over = True
        thread.join()
        listener.close()


def replying(status: str, body: bytes, *, content_type: str = "text/plain") -> Talk:
    """A server that gives every request one answer."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n"

    def talk(connection: socket.socket) -> None:
        connection.recv(1 << 20)
        connection.sendall(head.encode() + b"Connection: close\r\n\r\n" + body)

    return talk


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def asked(port: int, method: str, path: str, body: bytes | None = None) -> tuple[HTTPResponse, str]:
    """One request on a connection of its own: the answer and its text."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, body)
        response = connection.getresponse()
        return response, response.read().decode()
    finally:
        connection.close()


def _talk(talk: Talk, connection: socket.socket) -> None:
    with connection, contextlib.suppress(OSError):
        talk(connection)
