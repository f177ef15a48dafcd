import pytest

from core import clock, lately
from core.lately import Lately


def test_marks_of_a_key_come_in_order_and_those_of_others_do_not() -> None:
    kept = Lately(seconds=60)

    kept.add("one", "a")
    both = kept.add("one", "b")

    assert both == ["a", "b"]
    assert kept.of("one") == ["a", "b"]
    assert kept.of("other") == []


def test_a_list_ends_after_its_time_whatever_came_last(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, now = Lately(seconds=60), 1_000.0
    monkeypatch.setattr(clock, "steady_seconds", lambda: now)
    kept.add("one", "a")
    now += 59
    kept.add("one", "b")
    now += 1

    assert kept.of("one") == []
    assert kept.add("one", "c") == ["c"]


def test_neither_a_list_nor_the_whole_grows_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lately, "MOST_MARKS", 2)
    monkeypatch.setattr(lately, "MOST_KEYS", 2)
    kept = Lately(seconds=60)
    for mark in "abc":
        kept.add("one", mark)
    kept.add("two", "a")
    kept.add("three", "a")

    assert [kept.of(key) for key in ("one", "two", "three")] == [[], ["a"], ["a"]]


def test_a_list_that_began_anew_is_not_the_oldest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lately, "MOST_KEYS", 2)
    kept, now = Lately(seconds=60), 1_000.0
    monkeypatch.setattr(clock, "steady_seconds", lambda: now)
    kept.add("one", "a")
    now += 30
    kept.add("two", "a")
    now += 30
    kept.add("one", "b")
    kept.add("three", "a")

    assert [kept.of(key) for key in ("one", "two", "three")] == [["b"], [], ["a"]]


def test_without_its_redis_the_lists_are_kept_in_memory() -> None:
    kept = Lately("redis://127.0.0.1:1/0", seconds=60)

    assert kept.add("one", "a") == ["a"]
    assert kept.add("one", "b") == ["a", "b"]
