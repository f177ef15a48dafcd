"""Counters for Prometheus; with PROMETHEUS_MULTIPROC_DIR set the processes' counts add up.

Whoever counts takes `Counter` from here: the room of the counts is taken before the first one.
"""

import os
from pathlib import Path

from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    values,
)
from prometheus_client.multiprocess import MultiProcessCollector

__all__ = ["EVENTS", "JOBS", "REQUESTS", "REQUEST_SECONDS", "Counter", "exposition"]

# Of each kind of count and each process: three times what every route with its answers needs.
RESERVED_BYTES = 512 * 1024


def reserve(folder: Path) -> None:
    """Take the room of this process's counts on the disk, or let it count in memory alone.

    The client writes its files through memory: on a full disk that ends the process (SIGBUS),
    unless the file's bytes are there already. Called before anything is counted.
    """
    files = [folder / f"{kind}_{os.getpid()}.db" for kind in ("counter", "histogram")]
    try:
        for file in files:
            file.write_bytes(bytes(RESERVED_BYTES))
    except OSError:
        for file in files:
            file.unlink(missing_ok=True)
        del os.environ["PROMETHEUS_MULTIPROC_DIR"]
        values.ValueClass = values.MutexValue


if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
    reserve(Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]))

REQUESTS = Counter("goc_requests", "Answers given.", ("method", "route", "status"))
REQUEST_SECONDS = Histogram(
    "goc_request_seconds",
    "Time to the answer.",
    ("route",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
EVENTS = Counter("goc_events", "Events handed to a handler.", ("name", "outcome"))
JOBS = Counter("goc_jobs", "Jobs ended.", ("kind", "state"))


def exposition() -> bytes:
    """All counters in Prometheus' text format."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # The client's own gap.
    return generate_latest(registry)
