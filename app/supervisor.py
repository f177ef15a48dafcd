"""Web and worker as children of one small process, which ends when they do and ends them with it.

    python app/supervisor.py HOST PORT WORKERS ADDRESS [FOLDER=BIND …]

The demo's witnesses of its log come with them: the files of each lie in FOLDER.
Started by `app.run` in its own place, as a file: the standard library alone, 10 MB instead of 80.
"""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType
from typing import NoReturn

PATIENCE_SECONDS = 10.0  # A worker ends at its next progress, a request within seconds.
FIRST_REST_SECONDS = 0.5
LONGEST_REST_SECONDS = 30.0
STEADY_SECONDS = 60.0  # A worker that lived so long may be started again at once.
HEADER_MS = 10_000  # A connection that asks nothing for so long is closed.
LOOK_SECONDS = 0.1
PR_SET_PDEATHSIG = 1  # linux/prctl.h

Child = subprocess.Popen[bytes]


def web_command(host: str, port: str, workers: str) -> list[str]:
    """Granian with our application; quiet, for each request has its line in our own log."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "asginl", "--no-ws"),
        *("--host", host, "--port", port, "--workers", workers),
        *("--http", "1", "--http1-header-read-timeout", str(HEADER_MS)),
        "--respawn-failed-workers",
        *("--workers-kill-timeout", str(int(PATIENCE_SECONDS) - 2)),
        *("--log-level", "warning", "wsgi:server"),
    ]


def worker_command() -> list[str]:
    """The worker, as an operator would start it alone."""
    return [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]


def witness_command(folder: str, bind: str) -> list[str]:
    """A witness of the demo, as an office would start its own (docs/witness.md)."""
    return [
        *(sys.executable, "-m", "traceability.log.witness", "--bind", bind),
        *("--key", f"{folder}/key", "--database", f"{folder}/memory", "--logs", f"{folder}/logs"),
    ]


class Kept:
    """A child that is started again when it dies, after a rest that grows."""

    def __init__(self, name: str, command: list[str]) -> None:
        """Begins it."""
        self._name = name
        self._command = command
        self._rest_seconds = FIRST_REST_SECONDS
        self._rests_until: float | None = None
        self._begin()

    def look(self) -> None:
        """Start it again if it is dead and has rested."""
        if self._rests_until is None:
            if self.child.poll() is not None:
                self._rest()
        elif time.monotonic() >= self._rests_until:
            self._begin()

    def _begin(self) -> None:
        self._rests_until = None
        self.child = _start(self._command)
        self._began = time.monotonic()

    def _rest(self) -> None:
        if time.monotonic() - self._began > STEADY_SECONDS:
            self._rest_seconds = FIRST_REST_SECONDS
        _say(f"The {self._name} ended ({self.child.returncode}); it is started again.")
        self._rests_until = time.monotonic() + self._rest_seconds
        self._rest_seconds = min(2 * self._rest_seconds, LONGEST_REST_SECONDS)


class Supervisor:
    """Keeps web and worker alive until it is asked to stop, or the web is gone."""

    def __init__(
        self, web: list[str], worker: list[str], witnesses: Sequence[list[str]] = ()
    ) -> None:
        """Begins them all."""
        self._stopping = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)
        self._kept = [Kept("witness", command) for command in witnesses]
        self._web = _start(web)
        self._kept.append(Kept("worker", worker))

    def wait_for_web(self, host: str, port: int, then: Callable[[], None]) -> None:
        """Call `then` once the web accepts connections."""
        while not self._stopping and self._web.poll() is None:
            if _answers(host, port):
                then()
                return
            time.sleep(LOOK_SECONDS)

    def keep(self) -> int:
        """Watch until the end; gives the exit code."""
        while not self._stopping and self._web.poll() is None:
            for one in self._kept:
                one.look()
            time.sleep(LOOK_SECONDS)
        asked = self._stopping
        self._end()
        return 0 if asked else 1

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _end(self) -> None:
        """Ask them all, wait, then insist, with all they started."""
        children = (self._web, *(one.child for one in self._kept))
        for child in children:
            child.terminate()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while any(child.poll() is None for child in children) and time.monotonic() < deadline:
            time.sleep(LOOK_SECONDS)
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _start(command: list[str]) -> Child:
    # A group of its own: a web process that hears Ctrl-C from the terminal, then SIGTERM from
    # granian, does not end in peace.
    return subprocess.Popen(command, process_group=0, preexec_fn=_die_with_parent)  # noqa: PLW1509, S603  # Our commands; we have one thread.


def _die_with_parent() -> None:
    """On Linux a child hears SIGTERM when we are gone, even by `kill -9`."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((_reachable(host), port), timeout=1):
            return True
    except OSError:
        return False


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # Compared, not bound.


def _say(line: str) -> None:
    with contextlib.suppress(OSError):  # A full disk behind `> FILE` must not close the shop.
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def main(host: str, port: str, workers: str, address: str, *witnesses: str) -> NoReturn:
    """Run until the end."""
    supervisor = Supervisor(
        web_command(host, port, workers),
        worker_command(),
        [witness_command(*one.rsplit("=", 1)) for one in witnesses],
    )
    supervisor.wait_for_web(
        host, int(port), lambda: _say(f"Gốc is open: {address} (Ctrl-C stops it)")
    )
    sys.exit(supervisor.keep())


if __name__ == "__main__":
    main(*sys.argv[1:])
