"""Servers that tests start: a port, a folder and a user of their own, and a sure end."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

LOG = "server.log"


class UnavailableError(Exception):
    """A service cannot be had on this machine. The text says why, for "not run: NAME: why"."""


def heed_ctrl_c() -> None:
    """Take SIGINT as a terminal's programs do, in this process and those it starts.

    A shell's background job is born with SIGINT ignored, and would hand that on.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


def free_port() -> int:
    """Give a port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def server_user() -> pwd.struct_passwd | None:
    """Give the user that servers which refuse root run as, or None: as ourselves."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def hand_over(folder: Path) -> None:
    """Give a folder and all in it to the servers' user."""
    user = server_user()
    if user is None:
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)


@contextlib.contextmanager
def server_folder(name: str) -> Iterator[Path]:
    """Lend a temporary folder that belongs to the servers' user; gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix=f"goc-{name}-"))
    hand_over(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(command: list[str], *, folder: Path) -> None:
    """Run a command to its end as the servers' user.

    Raises:
        UnavailableError: it failed; with the last thing it said.
    """
    user = server_user()
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        user=user and user.pw_uid,
        group=user and user.pw_gid,
        extra_groups=[] if user else None,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["(nothing said)"]
        raise UnavailableError(f"{Path(command[0]).name}: {said[-1]}")


@contextlib.contextmanager
def running(
    command: list[str],
    *,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    gently: signal.Signals = signal.SIGTERM,
    as_ourselves: bool = False,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server as the servers' user, in a process group of its own; ended at the end.

    The group of its own keeps a Ctrl-C in the terminal from it: we end it when the tests have.
    What it says goes to `server.log` in `folder`.
    """
    user = None if as_ourselves else server_user()
    with (folder / LOG).open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=user and user.pw_uid,
            group=user and user.pw_gid,
            extra_groups=[] if user else None,
        )
    try:
        yield process
    finally:
        end_group(process, gently=gently)


def end_group(
    process: subprocess.Popen[bytes],
    *,
    gently: signal.Signals = signal.SIGTERM,
    patience_seconds: float = 10,
) -> None:
    """End a process and all it started: asked first, then killed."""
    for number, seconds in ((gently, patience_seconds), (signal.SIGKILL, 2.0)):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        if _gone_within(process, seconds):
            return


def _gone_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        # The leader first: an ended child nobody waited for would still answer.
        if process.poll() is not None and not group_lives(process.pid):
            return True
        time.sleep(0.05)
    return False


def group_lives(group: int) -> bool:
    """Tell whether any process of a group is there (one just ended may count for a second)."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until_ready(
    ready: Callable[[], bool],
    *,
    process: subprocess.Popen[bytes],
    folder: Path,
    seconds: float,
) -> None:
    """Ask `ready` until it is true.

    Raises:
        UnavailableError: the server ended, or was not ready in time; with its last words.
    """
    deadline = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None:
            raise UnavailableError(f"ended at once: {_last_words(folder)}")
        if time.monotonic() > deadline:
            raise UnavailableError(f"not ready after {seconds:.0f} s: {_last_words(folder)}")
        time.sleep(0.1)


def _last_words(folder: Path) -> str:
    lines = (folder / LOG).read_text(errors="replace").strip().splitlines()
    return " / ".join(lines[-3:]) or "(nothing said)"
