"""Counters for Prometheus; with PROMETHEUS_MULTIPROC_DIR set the processes' counts add up."""

import os

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

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
