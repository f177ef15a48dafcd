"""The short lists on a real server, which all processes share."""

import time
from hashlib import sha256
from uuid import uuid4

import pytest
from redis import Redis

from core import lately
from core.lately import Lately
from tests.servers import addresses


@pytest.fixture(scope="module")
def redis_url() -> str:
    """Give the address of the shared server."""
    return addresses.address_of(addresses.REDIS)


@pytest.fixture
def key() -> str:
    """A key no other test keeps under."""
    return uuid4().hex


def test_every_process_reads_what_one_kept(redis_url: str, key: str) -> None:
    here, there = Lately(redis_url, seconds=60), Lately(redis_url, seconds=60)

    here.add(key, "a")

    assert there.add(key, "b") == ["a", "b"]
    assert here.of(key) == ["a", "b"]
    assert here.of(f"{key} of another") == []


def test_a_list_ends_after_its_time_whatever_came_last(redis_url: str, key: str) -> None:
    kept = Lately(redis_url, seconds=1)
    kept.add(key, "a")
    time.sleep(0.6)
    assert kept.add(key, "b") == ["a", "b"]
    time.sleep(0.6)

    assert kept.of(key) == []


def test_the_server_keeps_no_more_of_a_key_than_is_read(
    redis_url: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lately, "MOST_MARKS", 2)
    kept = Lately(redis_url, seconds=60)
    for mark in "abc":
        kept.add(key, mark)

    assert kept.of(key) == ["a", "b"]
    with Redis.from_url(redis_url) as server:
        assert server.llen(f"goc:lately:{sha256(key.encode()).hexdigest()[:32]}") == 2
