"""Shared counters killed, frozen and back: pages go on, memory counts meanwhile."""

import os
import signal
import time

import pytest

from core import clock
from core.breaker import PAUSE_SECONDS
from core.limits import ALONE, Limit, Misses, TooManyTries
from tests.servers import processes, valkey

THREE = Limit("three", ("3/1minute",))


class Seconds:
    """A clock that a test moves on."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    """The steady clock, in the test's hands."""
    seconds = Seconds()
    monkeypatch.setattr(clock, "steady_seconds", seconds)
    return seconds


@pytest.fixture
def port() -> int:
    """A port for a server of the test's own."""
    return processes.free_port()


def _alone() -> float:
    counted = next(iter(ALONE.collect())).samples
    return float(next(one.value for one in counted if one.name.endswith("_total")))


def test_killed_it_is_replaced_by_memory_and_asked_again_when_it_is_back(
    port: int, seconds: Seconds
) -> None:
    misses = Misses(valkey.url_of(port))
    with valkey.serving_on(port) as process:
        misses.take(THREE, "a")
        process.kill()
        process.wait()
        before = _alone()
        for _ in range(3):
            misses.take(THREE, "a")
        with pytest.raises(TooManyTries):
            misses.take(THREE, "a")
        assert _alone() == before + 4
        assert misses.answers() is False
    with valkey.serving_on(port):
        seconds.now += PAUSE_SECONDS

        misses.take(THREE, "a")  # Counted by the new server, which knows of no miss.

        assert _alone() == before + 4
        assert misses.answers() is True


def test_frozen_it_holds_nobody_longer_than_its_time_out(port: int, seconds: Seconds) -> None:
    misses = Misses(valkey.url_of(port))
    with valkey.serving_on(port) as process:
        misses.take(THREE, "a")
        os.kill(process.pid, signal.SIGSTOP)
        try:
            began = time.monotonic()
            for _ in range(3):
                misses.take(THREE, "b")
            taken = time.monotonic() - began
            with pytest.raises(TooManyTries):
                misses.take(THREE, "b")
        finally:
            os.kill(process.pid, signal.SIGCONT)
        seconds.now += PAUSE_SECONDS
        misses.take(THREE, "b")

    assert taken < 1  # One time-out of 0.1 s, with room for a busy machine.
