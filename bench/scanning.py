"""Somebody scans, again and again, while something else is measured: how long did they wait?

    python -m bench.scanning SERIAL …

A process of its own, as the web is; the settings come by the environment. It counts checks until
its input ends, then prints a JSON list of the seconds that each took.
"""

import contextlib
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

from app import create_app
from app.settings import Settings
from bench.servers import environment_of
from core.work import VISITOR, transaction
from tests.servers.processes import UnavailableError
from traceability import service
from traceability.rules import Visit

PAUSE_SECONDS = 0.02
ROOT = Path(__file__).resolve().parent.parent


@contextlib.contextmanager
def scanned(settings: Settings, serials: Sequence[int]) -> Iterator[Callable[[], list[float]]]:
    """Have these stamps scanned meanwhile; what is given ends it and says how long each took.

    Raises:
        UnavailableError: the first scan failed.
    """
    command = [sys.executable, "-m", "bench.scanning", *map(str, serials)]
    environment = {**os.environ, **environment_of(settings)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        if not process.stdout.readline():
            raise UnavailableError("the scanning process ended at its first scan")

        def waits() -> list[float]:
            said, _ = process.communicate()
            seconds: list[float] = json.loads(said.splitlines()[-1])
            return seconds

        yield waits


def main(serials: Sequence[int]) -> None:
    """Scan until the input ends."""
    took = list[float]()
    with create_app().app_context():
        for number in count():
            began = time.perf_counter()
            _scan(serials[number % len(serials)], number)
            took.append(time.perf_counter() - began)
            if number == 0:
                took.clear()  # The first compiles what all others use.
                print("scanning", flush=True)
            if select.select([sys.stdin], [], [], PAUSE_SECONDS)[0]:
                break
    print(json.dumps(took))


def _scan(serial: int, number: int) -> None:
    visitor = service.Visitor(Visit.PERSON, device_hash=f"{number}", network_hash=f"{number}")
    with transaction(by=VISITOR) as work:
        check = service.record_check(work, serial=serial, visitor=visitor)
    assert check.token is not None, serial  # It counts.


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]])
