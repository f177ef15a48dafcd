"""Requests a server answers in a second: `wrk` over loopback, random paths, 8 connections."""

import json
import shutil
import subprocess
import tempfile
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.servers import packages
from tests.servers.processes import UnavailableError

CONNECTIONS = 8
ROUND_SECONDS = 3
WARM_UP_SECONDS = 2
PATIENCE = "10s"  # A process's first page compiles its templates: slow is not failed.
SCRIPT = Path(__file__).with_name("visitors.lua")


@dataclass(frozen=True)
class Target:
    """Pages of one server that do the same work."""

    address: str
    paths: Sequence[str]


def require_wrk() -> None:
    """Make sure the load generator is there; a client in Python would take a core of its own.

    Raises:
        UnavailableError: it is not, and cannot be installed.
    """
    if shutil.which("wrk") is None:
        packages.apt_install("wrk")


def probe(target: Target) -> None:
    """Open one of the pages, so that nobody measures how fast a server refuses.

    Raises:
        UnavailableError: it does not answer 200 there.
    """
    address = f"{target.address}{target.paths[len(target.paths) // 2]}"
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310  # Our own http address.
            if answer.url != address:
                raise UnavailableError(f"{address} leads to {answer.url}")
    except OSError as refused:
        raise UnavailableError(f"{address}: {refused}") from refused


def requests_per_second(target: Target, *, seed: int, seconds: int = ROUND_SECONDS) -> float:
    """Load a server for a round.

    Raises:
        UnavailableError: a request failed: a rate with failures in it means nothing.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.write("\n".join(target.paths))
        listed.flush()
        options = ["-t", "1", "-c", str(CONNECTIONS), "-d", f"{seconds}s", "-s", str(SCRIPT)]
        options += ["--timeout", PATIENCE]
        command = ["wrk", *options, target.address, "--", listed.name, str(seed)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    summary = json.loads(said.strip().splitlines()[-1])
    if summary["failed"] or not summary["requests"]:
        raise UnavailableError(f"{summary['failed']} of {summary['requests']} requests failed")
    return float(summary["requests"] / (summary["microseconds"] / 1e6))
