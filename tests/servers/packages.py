"""What a machine lacks, by its own package manager; and where downloads are kept."""

import contextlib
import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.servers.processes import UnavailableError


def apt_install(*names: str) -> None:
    """Install Debian packages, where we are root and there is apt.

    Raises:
        UnavailableError: not root, no apt, or apt failed.
    """
    wanted = " ".join(names)
    if shutil.which("apt-get") is None:
        raise UnavailableError(f"missing on this machine: {wanted}")
    if os.geteuid() != 0:
        raise UnavailableError(f"missing: sudo apt-get install {wanted}")
    with cache_lock("apt"):
        _apt("update", "-qq")
        _apt("install", "-y", "-qq", "--no-install-recommends", *names)


def _apt(*words: str) -> None:
    done = subprocess.run(
        ["apt-get", *words],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["(nothing said)"]
        raise UnavailableError(f"apt-get {words[0]}: {said[-1]}")


def cache_folder() -> Path:
    """Give the folder for downloads: the person's, so that a fresh clone finds them again."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = base / "goc"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextlib.contextmanager
def cache_lock(name: str) -> Iterator[None]:
    """Let one process at a time fetch `name`; the lock ends with the process that holds it."""
    with (cache_folder() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
