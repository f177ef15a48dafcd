"""Programs in Go that judge our log: Go's own packages, and Tessera's `fsck`."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from tests.servers import packages
from tests.servers.processes import UnavailableError

MODULE = Path(__file__).resolve().parents[1] / "interop" / "log" / "go"
SOURCES = ("main.go", "go.mod", "go.sum")
PROGRAMS = {"log-opinions": ".", "fsck": "github.com/transparency-dev/tessera/cmd/fsck"}
BUILD_SECONDS = 600  # A minute on two idle cores where nothing is fetched yet; 2 s where all is.


@contextlib.contextmanager
def go_tools() -> Iterator[str]:
    """Lend the folder of the programs: GOC_TEST_GO_TOOLS, or built once into the person's cache.

    Versions are pinned by `go.mod` and `go.sum`; a Go older than they ask for fetches a newer one.

    Raises:
        UnavailableError: there is no Go, or it could not build them.
    """
    given = os.environ.get("GOC_TEST_GO_TOOLS")
    yield given or str(_built())


def _built() -> Path:
    named = sha256(b"".join((MODULE / name).read_bytes() for name in SOURCES)).hexdigest()[:16]
    folder = packages.cache_folder() / f"go-tools-{named}"
    with packages.cache_lock("go-tools"):
        if not all((folder / name).exists() for name in PROGRAMS):
            go = _go()
            for name, package in PROGRAMS.items():
                _build(go, package, folder / name)
    return folder


def _go() -> str:
    """A Go of the machine, or one by apt."""
    found = shutil.which("go") or shutil.which("/usr/local/go/bin/go")
    if found is None:
        packages.apt_install("golang-go")
        found = shutil.which("go")
    if found is None:
        raise UnavailableError("apt installed no go")
    return found


def _build(go: str, package: str, target: Path) -> None:
    command = [go, "build", "-mod=readonly", "-o", str(target), package]
    try:
        done = subprocess.run(
            command, cwd=MODULE, capture_output=True, text=True, check=False, timeout=BUILD_SECONDS
        )
    except subprocess.TimeoutExpired as slow:
        raise UnavailableError(f"go build took over {BUILD_SECONDS} s") from slow
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["(nothing said)"]
        raise UnavailableError(f"go build: {said[-1]}")
