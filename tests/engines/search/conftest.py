"""Both engines filled with the same 512 real products."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from catalog.adapters.elastic.follower import ElasticFollower
from catalog.adapters.elastic.searcher import ElasticSearcher
from catalog.search.engines import Engines
from catalog.search.port import Changes, Position
from tests.engines.search.goods import TODAY, goods

START = Position("EPOCH", 0)
PATIENT_SECONDS = 10.0  # The machine of the tests has more to do than a cluster has.


def all_goods() -> list[Changes]:
    """The whole feed: every product, in pieces of 200."""
    documents, pieces = goods(), []
    for first in range(0, len(documents), 200):
        piece = documents[first : first + 200]
        after, until = Position("EPOCH", first), Position("EPOCH", first + len(piece))
        pieces.append(Changes(after=after, until=until, documents=piece, removed=[]))
    return pieces


@contextmanager
def lent_alias(search_url: str) -> Iterator[str]:
    """Lend a name that no other test uses, and drop its indices."""
    name = f"test-{uuid4().hex}"
    yield name
    with Elasticsearch(search_url, request_timeout=30) as client:
        for index in client.indices.get(index=f"{name}-*").body:
            client.indices.delete(index=index)


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Engines:
    """The engines of a node without a cluster."""
    engines = Engines(tmp_path_factory.mktemp("search") / "search.sqlite3")
    engines.followers[0].rebuild(START, all_goods())
    return engines


@pytest.fixture
def alias(search_url: str) -> Iterator[str]:
    """A name of this test's own in the shared cluster; its indices are dropped."""
    with lent_alias(search_url) as name:
        yield name


@pytest.fixture(scope="session")
def cluster(search_url: str) -> Iterator[ElasticSearcher]:
    """The filled cluster, asked with patience."""
    with lent_alias(search_url) as name:
        ElasticFollower(search_url, alias=name, today=lambda: TODAY).rebuild(START, all_goods())
        yield ElasticSearcher(search_url, alias=name, wait_seconds=PATIENT_SECONDS)
