"""What counters promise, by memory and by a real server alike."""

import contextlib
import time
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from redis import Redis

from core.limits import Limit, Misses, TooManyTries
from tests.servers import addresses

THREE = Limit("three", ("3/1minute", "5/1hour"))


@pytest.fixture(scope="module")
def redis_url() -> str:
    """Give the address of the shared server."""
    return addresses.address_of(addresses.REDIS)


@pytest.fixture(params=["memory", "redis"])
def misses(request: pytest.FixtureRequest) -> Misses:
    """The counters by each storage in turn."""
    if request.param == "memory":
        return Misses()
    return Misses(request.getfixturevalue("redis_url"))


@pytest.fixture
def key() -> str:
    """A key no other test counts by."""
    return uuid4().hex


def test_a_key_is_refused_after_its_misses_and_no_other_key(misses: Misses, key: str) -> None:
    for _ in range(3):
        misses.refuse(THREE, key)
        misses.count(THREE, key)

    with pytest.raises(TooManyTries) as refusal:
        misses.refuse(THREE, key)

    assert refusal.value.values == {"minutes": 1}
    misses.refuse(THREE, f"{key} of another")
    misses.refuse(Limit("other", THREE.windows), key)


def test_the_longer_window_makes_the_wait_longer(misses: Misses, key: str) -> None:
    for _ in range(5):
        misses.count(THREE, key)

    with pytest.raises(TooManyTries) as refusal:
        misses.refuse(THREE, key)

    assert refusal.value.values["minutes"] == 60


def test_a_window_that_passed_is_forgotten(misses: Misses, key: str) -> None:
    second = Limit("second", ("1/1second",))

    def take_often() -> None:
        for _ in range(100):  # On a busy machine a second may pass between two.
            misses.take(second, key)

    with pytest.raises(TooManyTries):
        take_often()

    time.sleep(1.1)

    misses.take(second, key)


def test_whoever_succeeds_begins_anew(misses: Misses, key: str) -> None:
    for _ in range(5):
        misses.count(THREE, key)

    misses.forget(THREE, key)

    misses.refuse(THREE, key)


def test_a_try_given_back_is_no_miss_and_the_earlier_ones_are(misses: Misses, key: str) -> None:
    for _ in range(2):
        misses.take(THREE, key)
    for _ in range(10):
        misses.take(THREE, key)
        misses.give_back(THREE, key)

    misses.take(THREE, key)
    with pytest.raises(TooManyTries):
        misses.take(THREE, key)


def test_of_forty_at_once_twenty_tries_pass(misses: Misses, key: str) -> None:
    twenty = Limit("twenty", ("20/1minute",))
    start = Barrier(40)
    passed: list[int] = []

    def one(number: int) -> None:
        start.wait()
        with contextlib.suppress(TooManyTries):
            misses.take(twenty, key)
            passed.append(number)

    threads = [Thread(target=one, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(passed) == 20


def test_two_processes_count_together_by_one_server(redis_url: str, key: str) -> None:
    one, other = Misses(redis_url), Misses(redis_url)
    for _ in range(3):
        one.take(THREE, key)

    with pytest.raises(TooManyTries):
        other.take(THREE, key)


def test_the_server_keeps_no_key_in_the_clear(redis_url: str) -> None:
    misses = Misses(redis_url)

    misses.count(THREE, "someone@goc.example")

    kept = str(Redis.from_url(redis_url).keys("*"))
    assert "three" in kept
    assert "someone" not in kept
