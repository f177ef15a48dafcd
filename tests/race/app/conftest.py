"""A whole shop, for tests of what only the real server does."""

import sys
from collections.abc import Iterator

import pytest

from app.settings import ROOT
from tests.race.app.asking import status
from tests.servers import processes

START_SECONDS = 300  # Half a minute alone; where others take the processors, many times that.


@pytest.fixture(scope="package")
def port() -> Iterator[int]:
    """The port of a whole shop, started by its own command. Its first start loads the demo."""
    free = processes.free_port()
    with processes.server_folder("slow") as folder:
        given = {"GOC_BIND": f"127.0.0.1:{free}", "GOC_INSTANCE": str(folder / "instance")}
        with processes.running(
            [sys.executable, "-m", "app.run"],
            folder=folder,
            environment={**given, "PYTHONPATH": str(ROOT)},
            as_ourselves=True,
        ) as process:
            processes.wait_until_ready(
                lambda: status(free, "/healthz") == 200,
                process=process,
                folder=folder,
                seconds=START_SECONDS,
            )
            yield free
