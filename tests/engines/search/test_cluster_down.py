import os
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest

from catalog.adapters.elastic.follower import ElasticFollower
from catalog.search.engines import FALLBACKS, Engines, find_in
from catalog.search.port import Found, Notice, SearchRequest
from core.breaker import PAUSE_SECONDS, Breaker
from tests.engines.search.conftest import START, all_goods
from tests.engines.search.goods import TODAY
from tests.servers.elasticsearch import Node, own_node
from tests.servers.processes import UnavailableError

ANSWER_SECONDS = 0.5


class Seconds:
    """A clock that a test moves on."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    """A node of these tests' own, which they may stop."""
    try:
        with own_node() as lent:
            yield lent
    except UnavailableError as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(missing))


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def engines(node: Node, seconds: Seconds, tmp_path: Path) -> Engines:
    """A node's own index and the cluster, both filled."""
    chosen = Engines(tmp_path / "search.sqlite3", node.url)
    chosen.breaker = Breaker(seconds)
    for follower in chosen.followers:
        follower.rebuild(START, all_goods())
    _answered(chosen)
    return chosen


def _answered(engines: Engines) -> Found:
    """The first answer that comes from the cluster: on a busy machine some come too late."""
    for _ in range(20):
        found = find_in(engines, _request())
        engines.breaker.answered()
        if found.notice is None:
            return found
    pytest.fail("the cluster never answered in time")


def _request() -> SearchRequest:
    return SearchRequest(q="cà phê đắk lắk", today=TODAY)


def _timed(engines: Engines) -> tuple[Found, float]:
    began = perf_counter()
    found = find_in(engines, _request())
    return found, perf_counter() - began


def test_a_hung_cluster_is_asked_twice_then_left_alone_and_every_search_is_answered(
    engines: Engines, node: Node, seconds: Seconds
) -> None:
    before = _answered(engines)
    counted = FALLBACKS._value.get()
    node.freeze()
    try:
        answers = [_timed(engines) for _ in range(6)]
    finally:
        node.thaw()

    assert {found.notice for found, _ in answers} == {Notice.FALLBACK}
    assert {found.ids for found, _ in answers} == {before.ids}
    assert {found.total for found, _ in answers} == {9}
    assert all(took < ANSWER_SECONDS for _, took in answers)
    assert all(took < 0.2 for _, took in answers[2:]), "the third did not wait any more"
    assert FALLBACKS._value.get() == counted + 6

    assert find_in(engines, _request()).notice is Notice.FALLBACK, "left alone for ten seconds"
    seconds.now += PAUSE_SECONDS
    assert _answered(engines).ids == before.ids


def test_a_follower_that_cannot_reach_a_hung_cluster_says_so_and_blocks_nobody(
    engines: Engines, node: Node
) -> None:
    node.freeze()
    try:
        began = perf_counter()
        with pytest.raises(Exception, match="ConnectionTimeout"):
            engines.followers[1].position()
        took = perf_counter() - began
    finally:
        node.thaw()

    assert took < 4


def test_a_killed_cluster_is_replaced_by_the_nodes_own_index(engines: Engines, node: Node) -> None:
    before = _answered(engines)

    node.kill()
    answers = [_timed(engines) for _ in range(4)]

    assert {found.notice for found, _ in answers} == {Notice.FALLBACK}
    assert {found.ids for found, _ in answers} == {before.ids}
    assert all(took < ANSWER_SECONDS for _, took in answers)


def test_an_index_that_is_not_there_yet_is_no_error(search_url: str, tmp_path: Path) -> None:
    engines = Engines(tmp_path / "search.sqlite3", search_url)
    engines.followers[0].rebuild(START, all_goods())
    engines.cluster._alias = "test-nothing-here"  # type: ignore[union-attr]  # A cluster without our index.

    assert find_in(engines, _request()).notice is Notice.FALLBACK
    assert ElasticFollower(search_url, alias="test-nothing-here").position().epoch == ""
