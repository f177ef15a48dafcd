"""What `make test` runs: the services the tests need, then the tests on both databases.

    python -m tests.run [pytest's arguments]

With folders or files only what those need is started. A service that cannot be had is named
`not run: NAME: why`; with CI=true that is a failure.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

from tests.servers import addresses, processes
from tests.servers.chromium import chromium_path
from tests.servers.elasticsearch import running_elasticsearch
from tests.servers.go_tools import go_tools
from tests.servers.postgres import running_postgres
from tests.servers.processes import UnavailableError
from tests.servers.seaweed import running_s3
from tests.servers.valkey import running_valkey

FOLDERS = ("unit", "interop", "service", "web", "race", "engines", "browser")
ON_BOTH_DATABASES = ("service", "web", "race")  # The others ask no main database, or their own.
SQLITE, POSTGRESQL = "sqlite", "postgresql"
NOTHING_FOUND = 5  # pytest's exit code where no test was collected.
TWO_WORKERS = ("-n", "2", "--dist", "worksteal")  # Two cores; a single file is not worth a start.


@dataclass(frozen=True)
class Pass:
    """One call of pytest: on which database, with which arguments."""

    database: str
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What is to be started, and the calls of pytest in their order."""

    folders: frozenset[str]
    passes: tuple[Pass, ...]
    whole: bool  # No test was named: a pass without any is then a fault.


def plan(arguments: Sequence[str]) -> Plan:
    """Decide from the command's arguments what to start and what to run."""
    paths = [word for word in arguments if Path(word.split("::", 1)[0]).exists()]
    options = tuple(word for word in arguments if word not in paths)
    if not paths:
        on_both = tuple(f"tests/{folder}" for folder in ON_BOTH_DATABASES)
        first = Pass(SQLITE, ("tests", *TWO_WORKERS, *options))
        second = Pass(POSTGRESQL, (*on_both, *TWO_WORKERS, *options))
        return Plan(frozenset(FOLDERS), (first, second), whole=not options)
    folders = frozenset().union(*map(_folders_of, paths))
    passes = [Pass(SQLITE, (*paths, *options))]
    on_postgresql = [path for path in paths if _folders_of(path) & set(ON_BOTH_DATABASES)]
    if on_postgresql:
        passes.append(Pass(POSTGRESQL, (*on_postgresql, *options)))
    return Plan(folders, tuple(passes), whole=False)


def _folders_of(path: str) -> frozenset[str]:
    parts = Path(path.split("::", 1)[0]).parts
    return frozenset(FOLDERS if len(parts) < 2 else parts[1:2])


class Services:
    """The services of one run: started in turn, handed on by environment variables."""

    def __init__(self, stack: contextlib.ExitStack) -> None:
        self._stack = stack
        self.environment = dict(os.environ)
        self.missing: list[str] = []

    def start(
        self, name: str, variable: str, service: contextlib.AbstractContextManager[str]
    ) -> None:
        """Start a service until the stack ends; one that cannot be had is named."""
        began = time.monotonic()
        try:
            self.environment[variable] = self._stack.enter_context(service)
        except UnavailableError as refused:
            self.missing.append(f"not run: {name}: {refused}")
            _say(self.missing[-1])
        else:
            _say(f"{name}: ready after {time.monotonic() - began:.1f} s")


@contextlib.contextmanager
def _chromium() -> Iterator[str]:
    yield chromium_path()


def start_services(stack: contextlib.ExitStack, folders: frozenset[str]) -> Services:
    """Start what the tests of these folders need."""
    services = Services(stack)
    if folders & {*ON_BOTH_DATABASES, "engines"}:
        services.start("PostgreSQL", addresses.DATABASE, running_postgres())
    if "engines" in folders:
        services.start("Elasticsearch", addresses.SEARCH, running_elasticsearch())
        services.start("S3-compatible server", addresses.S3, running_s3())
        services.start("Valkey (Redis)", addresses.REDIS, running_valkey())
    if "browser" in folders:
        services.start("Chromium", addresses.CHROMIUM, _chromium())
    if "interop" in folders:
        services.start("Go", addresses.GO_TOOLS, go_tools())
    return services


def run_pytest(one: Pass, environment: dict[str, str]) -> int:
    """Run one pass to its end and give pytest's exit code, also when Ctrl-C came."""
    command = [sys.executable, "-m", "pytest", *one.arguments]
    _say(f"== {one.database}: pytest {' '.join(one.arguments)}")
    process = subprocess.Popen(command, env={**environment, "GOC_TEST_DATABASE": one.database})
    try:
        return process.wait()
    except BaseException:  # Ctrl-C or SIGTERM: pytest ends its own servers before ours go.
        process.send_signal(signal.SIGINT)
        process.wait()
        raise


def verdict(codes: dict[str, int], *, missing: bool, whole: bool) -> int:
    """Give the exit code of a run: 0 only when tests ran and none failed."""
    failed = [code for code in codes.values() if code not in (0, NOTHING_FOUND)]
    if failed:
        return failed[0]
    empty = [name for name, code in codes.items() if code == NOTHING_FOUND]
    if empty and (whole or len(empty) == len(codes)):
        return NOTHING_FOUND
    return 1 if missing and os.environ.get("CI") == "true" else 0


def main(arguments: Sequence[str]) -> int:
    """Start the services, run the passes, end the services, sum up in one line."""
    signal.signal(signal.SIGTERM, _leave)  # Else no server would be ended.
    processes.heed_ctrl_c()
    began, planned = time.monotonic(), plan(arguments)
    with contextlib.ExitStack() as stack:
        services = start_services(stack, planned.folders)
        codes = {
            one.database: run_pytest(one, services.environment)
            for one in planned.passes
            if one.database == SQLITE or addresses.DATABASE in services.environment
        }
    code = verdict(codes, missing=bool(services.missing), whole=planned.whole)
    words = {0: "passed", NOTHING_FOUND: "no tests"}
    said = [f"{name}: {words.get(one, f'FAILED (exit {one})')}" for name, one in codes.items()]
    seconds = time.monotonic() - began
    _say("; ".join(["failed" if code else "ok", *said, *services.missing, f"{seconds:.0f} s"]))
    return code


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()  # Before pytest's own lines.


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
