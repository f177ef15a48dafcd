import contextlib
import socket
import time
from threading import Barrier, Thread

import pytest
from limits.errors import StorageError

from core import clock
from core.breaker import PAUSE_SECONDS
from core.limits import Limit, Misses, TooManyTries, network_of

THREE = Limit("three", ("3/1minute", "5/1hour"))


def test_a_key_is_refused_after_its_misses_and_no_other_key() -> None:
    misses = Misses()
    for _ in range(3):
        misses.refuse(THREE, "a")
        misses.count(THREE, "a")

    with pytest.raises(TooManyTries) as refusal:
        misses.refuse(THREE, "a")

    assert refusal.value.values == {"minutes": 1}
    misses.refuse(THREE, "b")
    misses.refuse(Limit("other", THREE.windows), "a")


def test_the_wait_grows_with_the_misses() -> None:
    misses = Misses()
    for _ in range(5):
        misses.count(THREE, "a")

    with pytest.raises(TooManyTries) as refusal:
        misses.refuse(THREE, "a")

    assert refusal.value.values["minutes"] in {60, 61}


def test_whoever_succeeds_begins_anew() -> None:
    misses = Misses()
    for _ in range(5):
        misses.count(THREE, "a")

    misses.forget(THREE, "a")

    misses.refuse(THREE, "a")


def test_of_many_at_once_no_more_tries_pass_than_are_borne() -> None:
    misses = Misses()
    many = Limit("many", ("20/1minute",))
    start = Barrier(40)
    passed: list[int] = []

    def one(number: int) -> None:
        start.wait()
        with contextlib.suppress(TooManyTries):
            misses.take(many, "a")
            passed.append(number)

    threads = [Thread(target=one, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 0 < len(passed) <= 20


def test_a_try_given_back_is_no_miss_and_the_earlier_ones_are() -> None:
    misses = Misses()
    for _ in range(2):
        misses.take(THREE, "a")

    for _ in range(10):
        misses.take(THREE, "a")
        misses.give_back(THREE, "a")

    misses.take(THREE, "a")
    with pytest.raises(TooManyTries):
        misses.take(THREE, "a")


def test_a_redis_that_is_away_is_replaced_by_memory_and_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    class _Away:
        def test(self, *_arguments: object) -> bool:
            asked.append("test")
            raise StorageError(ConnectionError("refused"))

        hit = clear = test

    steady = 50.0
    monkeypatch.setattr(clock, "steady_seconds", lambda: steady)
    misses = Misses("redis://localhost:1")
    monkeypatch.setattr(misses, "_shared", _Away())

    misses.count(THREE, "a")
    misses.count(THREE, "a")
    misses.count(THREE, "a")
    assert len(asked) == 1
    with pytest.raises(TooManyTries):
        misses.refuse(THREE, "a")

    steady += PAUSE_SECONDS
    misses.count(THREE, "b")
    assert len(asked) == 2


def test_an_address_nobody_listens_on_is_no_failure() -> None:
    misses = Misses("redis://127.0.0.1:1")

    for _ in range(3):
        misses.count(THREE, "a")

    with pytest.raises(TooManyTries):
        misses.refuse(THREE, "a")


def test_a_redis_that_hangs_holds_nobody() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        misses = Misses(f"redis://127.0.0.1:{silent.getsockname()[1]}")
        begun = time.monotonic()

        misses.count(THREE, "a")
        misses.refuse(THREE, "a")

    assert time.monotonic() - begun < 1  # One time-out of 0.1 s, with room for a busy machine.


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("nonsense", "unknown"),
        (None, "unknown"),
    ],
)
def test_a_home_of_many_addresses_is_one_network(address: str | None, network: str) -> None:
    assert network_of(address) == network
