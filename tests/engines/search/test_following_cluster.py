from collections.abc import Sequence
from dataclasses import replace
from threading import Event, Thread

import pytest
from elasticsearch import Elasticsearch

from catalog.adapters.elastic.follower import ElasticFollower
from catalog.adapters.elastic.searcher import ElasticSearcher
from catalog.search.document import Document
from catalog.search.port import Changes, EngineDown, Found, Position, SearchRequest
from catalog.search.question import NoWords, Question, question_of
from tests.engines.search.conftest import PATIENT_SECONDS, START, all_goods
from tests.engines.search.goods import TODAY, goods

END = Position("EPOCH", 512)


def change(
    revision: int, documents: Sequence[Document] = (), removed: Sequence[int] = ()
) -> Changes:
    after, until = Position("EPOCH", revision - 1), Position("EPOCH", revision)
    return Changes(after=after, until=until, documents=documents, removed=removed)


def found(url: str, alias: str, q: str = "") -> Found:
    searcher = ElasticSearcher(url, alias=alias, wait_seconds=PATIENT_SECONDS)
    question = question_of(q, NoWords()) if q else Question()
    return searcher.search(SearchRequest(q=q, today=TODAY), question)


@pytest.fixture
def follower(search_url: str, alias: str) -> ElasticFollower:
    one = ElasticFollower(search_url, alias=alias)
    one.rebuild(START, all_goods())
    return one


def test_the_position_lives_with_the_index(
    follower: ElasticFollower, search_url: str, alias: str
) -> None:
    assert ElasticFollower(search_url, alias=alias).position() == END

    with Elasticsearch(search_url) as client:
        (index,) = client.indices.get_alias(name=alias).body
        client.indices.delete(index=index)

    assert follower.position() == Position()


def test_a_piece_indexes_removes_and_moves_on_and_the_same_again_changes_nothing(
    follower: ElasticFollower, search_url: str, alias: str
) -> None:
    first, second, *_ = goods()
    dearer = replace(first, price_vnd=999_999_999)
    piece = change(513, [dearer], [second.product_id, 10**6])

    follower.apply(piece)
    follower.apply(piece)

    answer = found(search_url, alias)
    assert follower.position() == Position("EPOCH", 513)
    assert answer.total == 511


def test_a_late_follower_never_overwrites_what_is_newer(
    follower: ElasticFollower, search_url: str, alias: str
) -> None:
    first = goods()[0]
    follower.apply(change(514, removed=[first.product_id]))

    follower.apply(change(513, [first]))

    assert found(search_url, alias).total == 511


def test_a_piece_for_an_index_that_is_gone_is_refused_and_makes_none(
    search_url: str, alias: str
) -> None:
    follower = ElasticFollower(search_url, alias=alias)

    with pytest.raises(EngineDown):
        follower.apply(change(1, goods()[:1]))

    with Elasticsearch(search_url) as client:
        assert not client.indices.exists(index=alias)


def test_while_an_index_is_built_anew_nothing_is_missing_for_a_moment(
    follower: ElasticFollower, search_url: str, alias: str
) -> None:
    totals: set[int] = set()
    done = Event()

    def search() -> None:
        searcher = ElasticSearcher(search_url, alias=alias, wait_seconds=PATIENT_SECONDS)
        while not done.is_set():
            totals.add(searcher.search(SearchRequest(today=TODAY), Question()).total)

    thread = Thread(target=search)
    thread.start()
    try:
        for _ in range(3):
            follower.rebuild(START, all_goods())
    finally:
        done.set()
        thread.join()

    assert totals == {512}
    with Elasticsearch(search_url) as client:
        assert len(client.indices.get(index=f"{alias}-*").body) == 1, "the former ones are gone"


def test_a_rebuild_that_fails_leaves_the_former_index_and_no_other(
    follower: ElasticFollower, search_url: str, alias: str
) -> None:
    def broken() -> Sequence[Changes]:
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        follower.rebuild(START, (piece for _ in range(1) for piece in broken()))

    assert found(search_url, alias).total == 512
    assert follower.position() == END
    with Elasticsearch(search_url) as client:
        assert len(client.indices.get(index=f"{alias}-*").body) == 1
