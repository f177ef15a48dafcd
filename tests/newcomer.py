"""What a newcomer does: a fresh clone, `make run`, three pages, Ctrl-C. Called by `.ci/run`.

    python -m tests.newcomer

Home, a product and a stamp are found by following links, as a person finds them.
"""

import contextlib
import heapq
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from tests.servers import processes

ROOT = Path(__file__).resolve().parent.parent
FIRST_START_SECONDS = 300  # With every package to download; on a warm cache the aim is 60.
LATER_START_SECONDS = 30  # The aim is 5, on a machine that does nothing else.
STOP_SECONDS = 20
MAX_PAGES = 80

# What each page must be: where it stands, and the words of its source that prove it.
WANTED = {"home": "<h1", "product": "<h1", "stamp": "data-verdict="}
# Where a stamp is looked for first: the demo leads to a sample one.
FOLLOWED = (
    "/s/",
    "/demo/stamp",
    "/lots/",
    "/scan",
    "/producers/",
    "/products/",
    "/producers",
    "/products",
)


class NewcomerError(Exception):
    """Something the README promises did not happen. The text says what."""


@dataclass(frozen=True)
class Visit:
    """One page as it was answered."""

    path: str
    text: str
    seconds: float


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href")
        if tag == "a" and address:
            self.found.append(address)


def kind_of(path: str) -> str | None:
    """Tell which of the wanted pages stands at a path."""
    if path == "/":
        return "home"
    if path.startswith("/products/"):
        return "product"
    return "stamp" if path.startswith("/s/") else None


def find_pages(address: str) -> dict[str, Visit]:
    """Follow links from home until each wanted page was opened once.

    Raises:
        NewcomerError: one was not found, answered other than 200, or lacks its words.
    """
    found: dict[str, Visit] = {}
    waiting, seen = [(0, "/")], {"/"}
    while waiting and len(found) < len(WANTED) and len(seen) <= MAX_PAGES:
        visit = fetch(address, heapq.heappop(waiting)[1])
        kind = kind_of(visit.path)
        if kind and kind not in found:
            if WANTED[kind] not in visit.text:
                raise NewcomerError(f"{visit.path}: no {WANTED[kind]} in the page")
            found[kind] = visit
        for path in _paths_on(visit, address):
            if path not in seen:
                seen.add(path)
                heapq.heappush(waiting, (_order(path), path))
    if len(found) < len(WANTED):
        missing = ", ".join(kind for kind in WANTED if kind not in found)
        raise NewcomerError(f"no link leads to: {missing} ({len(seen)} addresses seen)")
    return found


def _paths_on(visit: Visit, address: str) -> list[str]:
    links = _Links()
    links.feed(visit.text)
    parts = [urlsplit(urljoin(f"{address}{visit.path}", link)) for link in links.found]
    ours = [part.path for part in parts if part.netloc == urlsplit(address).netloc]
    return [path for path in ours if path.startswith(FOLLOWED)]


def _order(path: str) -> int:
    return next(place for place, prefix in enumerate(FOLLOWED) if path.startswith(prefix))


def fetch(address: str, path: str) -> Visit:
    """Open a page.

    Raises:
        NewcomerError: it answered other than 200, or not at all.
    """
    began = time.monotonic()
    try:
        with urllib.request.urlopen(f"{address}{path}", timeout=10) as answer:  # noqa: S310  # Our own http address.
            text, arrived = answer.read().decode(), urlsplit(answer.url).path
    except (OSError, urllib.error.HTTPError) as refused:
        raise NewcomerError(f"{path}: {refused}") from refused
    return Visit(arrived, text, time.monotonic() - began)


@contextlib.contextmanager
def shop_running(clone: Path, *, start_seconds: float) -> Iterator[str]:
    """Lend the address of `make run`, once home answers; then Ctrl-C, and all must be gone.

    Raises:
        NewcomerError: it did not start in time, or left something running.
    """
    port = processes.free_port()
    address = f"http://127.0.0.1:{port}"
    given = {name: value for name, value in os.environ.items() if not name.startswith("GOC_")}
    log = clone.parent / "make-run.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["make", "run"],
            cwd=clone,
            env={**given, "GOC_BIND": f"127.0.0.1:{port}", "GOC_PUBLIC_URL": address},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # So that the Ctrl-C below is for it alone.
        )
    try:
        _wait_for_home(address, process, log, start_seconds)
        yield address
        _press_ctrl_c(process, clone)
    finally:
        processes.end_group(process, patience_seconds=STOP_SECONDS)


def _wait_for_home(
    address: str, process: subprocess.Popen[bytes], log: Path, start_seconds: float
) -> None:
    deadline = time.monotonic() + start_seconds
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(NewcomerError):
            fetch(address, "/")
            return
        time.sleep(0.1)
    said = "\n".join(log.read_text(errors="replace").splitlines()[-20:])
    raise NewcomerError(f"make run gave no page within {start_seconds:.0f} s:\n{said}")


def _press_ctrl_c(process: subprocess.Popen[bytes], clone: Path) -> None:
    """Send what a terminal sends: SIGINT to every process of the group."""
    os.killpg(process.pid, signal.SIGINT)
    deadline = time.monotonic() + STOP_SECONDS
    while process.poll() is None or running_in(clone):
        if time.monotonic() > deadline:
            raise NewcomerError(f"still running after Ctrl-C: {running_in(clone)}")
        time.sleep(0.1)


def running_in(folder: Path) -> list[str]:
    """List the processes whose working folder is in `folder` (where there is /proc)."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # It ended meanwhile, or is another person's.
            if (place / "cwd").readlink().is_relative_to(folder):
                command = (place / "cmdline").read_bytes().replace(b"\0", b" ")
                found.append(f"{place.name} {command.decode(errors='replace').strip()}")
    return found


def main() -> int:
    """Walk the newcomer's way and print how long each step took."""
    processes.heed_ctrl_c()
    with tempfile.TemporaryDirectory(prefix="goc-newcomer-") as temporary:
        clone = Path(temporary).resolve() / "goc"
        began = time.monotonic()
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        with shop_running(clone, start_seconds=FIRST_START_SECONDS) as address:
            _say(f"first page {time.monotonic() - began:.1f} s after the clone")
            for kind, visit in find_pages(address).items():
                _say(f"{kind}: {visit.path}: {visit.seconds * 1000:.0f} ms")
        began = time.monotonic()
        with shop_running(clone, start_seconds=LATER_START_SECONDS) as address:
            _say(f"first page {time.monotonic() - began:.1f} s after the second start")
            find_pages(address)
    _say("nothing left running")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"newcomer: {line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except NewcomerError as broken:
        sys.exit(f"newcomer: {broken}")
