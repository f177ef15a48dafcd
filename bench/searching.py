"""A first page of results with facets, one client, beside what the engine itself needs for it.

The floor is the engine's own time for ids and counts in its plainest words: the widest match of the
same question, its first ids, the total, and the counts of every facet.
"""

import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter

from elasticsearch import Elasticsearch

from app import create_app
from bench import goods
from bench.pages import ROUNDS
from bench.results import Result
from bench.servers import Bench, index, settings_for
from catalog.adapters.elastic.follower import ElasticFollower
from catalog.adapters.elastic.searcher import ElasticSearcher
from catalog.adapters.embedded.matching import expression
from catalog.search.engines import FILE, Engines, find_in
from catalog.search.feed import head, pieces_after
from catalog.search.port import SIZE, Position, SearchRequest
from core import clock, ids
from core.text.fold import fold
from core.work import reading
from tests.servers.elasticsearch import running_elasticsearch

ROUND_SECONDS = 1.5  # For each side: a round of both is 3 s.
REACH = 3.0
WORDS = (
    "che shan tuyet", "Mật ong bạc hà", "caphe", "nuoc mam", "gạo nếp", "măng khô", "htx", "so",
)  # fmt: skip
FACETS = ("group", "province", "commune", "producer")
PATIENT_SECONDS = 5.0
_HITS = "CREATE TEMP TABLE hit AS SELECT rowid AS id FROM token WHERE token MATCH ?"
_FIRST_IDS = "SELECT id FROM hit JOIN fact ON product_id = id ORDER BY quality DESC, id LIMIT ?"
_COUNTS = "SELECT {facet}_code, count(*) FROM hit JOIN fact ON product_id = id GROUP BY 1"
_STANDINGS = """
SELECT standing_code, count(*) FROM (
    SELECT standing_code, max(since_day) FROM period JOIN hit ON product_id = id
    WHERE since_day <= ? GROUP BY product_id
) GROUP BY 1
"""

Search = Callable[[SearchRequest], object]


def search_embedded(bench: Bench) -> Result:
    """FTS5: `find` beside MATCH and GROUP BY."""
    with _indexed(bench) as folder, closing(sqlite3.connect(folder / FILE)) as connection:
        engines = Engines(folder / FILE)
        floor = _fts5(connection, engines)
        ratios = _ratios(lambda request: find_in(engines, request), floor)
    return Result("search, first page, embedded", "FTS5", ratios, reach=REACH, at_least=False)


def search_elasticsearch(bench: Bench) -> Result:
    """Elasticsearch: `find` beside a match query with a terms aggregation for each facet."""
    alias = f"bench-{ids.public_id().lower()}"
    with _indexed(bench) as folder, running_elasticsearch() as url:
        _fill_cluster(bench, folder, url, alias)
        engines = Engines(folder / FILE, url)
        # Asked with patience: a fallback would be no measurement.
        vars(engines)["cluster"] = ElasticSearcher(url, alias=alias, wait_seconds=PATIENT_SECONDS)
        with Elasticsearch(url, request_timeout=PATIENT_SECONDS) as client:
            floor = _match(client, alias)
            ratios = _ratios(lambda request: find_in(engines, request), floor)
    return Result("search, first page, Elasticsearch", "match", ratios, reach=REACH, at_least=False)


@contextmanager
def _indexed(bench: Bench) -> Iterator[Path]:
    """Lend a folder with the embedded index of the bench's products."""
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_for(bench.database_url, Path(folder))
        index(settings)
        yield settings.instance


def _fill_cluster(bench: Bench, folder: Path, url: str, alias: str) -> None:
    with create_app(settings_for(bench.database_url, folder)).app_context():
        with reading() as session:
            start = Position(head(session).epoch, 0)
        ElasticFollower(url, alias=alias).rebuild(start, pieces_after(start))


def _requests(seed: int) -> Iterator[SearchRequest]:
    """Questions at random; every second one is a product's own name, with or without marks."""
    draw = random.Random(seed)  # noqa: S311  # A benchmark's keys.
    while True:
        name = goods.name_of(draw.randrange(1, goods.PRODUCTS))
        words = draw.choice((draw.choice(WORDS), draw.choice((name, fold(name)))))
        yield SearchRequest(q=words, today=clock.today())


def _ratios(ours: Search, floor: Search) -> tuple[float, ...]:
    """How many times the floor's time ours takes, in each round, both on the same questions."""
    _mean_seconds(floor, seed=0)
    _mean_seconds(ours, seed=0)
    return tuple(
        _mean_seconds(ours, seed=seed) / _mean_seconds(floor, seed=seed)
        for seed in range(1, ROUNDS + 1)
    )


def _mean_seconds(search: Search, *, seed: int) -> float:
    began = perf_counter()
    for count, request in enumerate(_requests(seed), 1):
        search(request)
        spent = perf_counter() - began
        if spent > ROUND_SECONDS:
            return spent / count
    raise AssertionError


def _fts5(connection: sqlite3.Connection, engines: Engines) -> Search:
    def search(request: SearchRequest) -> None:
        question = engines.embedded.question(request.q)
        _, widest = next(iter(question.tiers()))
        _ids_and_counts(connection, expression(widest), request.today)

    return search


def _ids_and_counts(connection: sqlite3.Connection, match: str, today: date) -> None:
    connection.execute("DROP TABLE IF EXISTS temp.hit")
    connection.execute(_HITS, (match,))
    connection.execute(_FIRST_IDS, (SIZE,)).fetchall()
    connection.execute("SELECT count(*) FROM hit").fetchall()
    for facet in FACETS:
        connection.execute(_COUNTS.format(facet=facet)).fetchall()
    connection.execute(_STANDINGS, (today.toordinal(),)).fetchall()


def _match(client: Elasticsearch, alias: str) -> Search:
    facets = {facet: {"terms": {"field": facet, "size": 50}} for facet in (*FACETS, "standing")}

    def search(request: SearchRequest) -> object:
        return client.search(
            index=alias,
            query={"match": {"joined": {"query": fold(request.q), "operator": "and"}}},
            aggs=facets,
            size=SIZE,
            source=False,
            track_total_hits=True,
        )

    return search
