"""Which engines there are by the settings, and how a question finds its answer."""

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, current_app
from structlog import get_logger

from catalog.adapters.embedded.follower import EmbeddedFollower
from catalog.search.port import (
    EngineDown,
    Follower,
    Found,
    Mending,
    Notice,
    Searcher,
    SearchRequest,
)
from catalog.search.question import NoWords, Question, question_of
from core.breaker import Breaker
from core.clock import steady_seconds
from core.metrics import Counter

if TYPE_CHECKING:
    from catalog.adapters.embedded.searcher import EmbeddedSearcher

FILE = "search.sqlite3"  # Below the instance folder, whatever the main database.
FALLBACKS = Counter(
    "goc_search_fallbacks_total", "Searches answered by the embedded index in the cluster's place."
)
_log = get_logger()


class Engines:
    """What this process asks and, in the worker, what it feeds; each made when first used."""

    def __init__(self, file: Path, cluster_url: str = "") -> None:
        self._file = file
        self._cluster_url = cluster_url
        self.breaker = Breaker(steady_seconds)

    @cached_property
    def embedded(self) -> "EmbeddedSearcher":
        """This node's own index."""
        from catalog.adapters.embedded.searcher import EmbeddedSearcher  # noqa: PLC0415  # numpy.

        return EmbeddedSearcher(self._file)

    @cached_property
    def cluster(self) -> Searcher | None:
        """The cluster, where its address is set."""
        if not self._cluster_url:
            return None
        from catalog.adapters.elastic.searcher import ElasticSearcher  # noqa: PLC0415  # Heavy.

        return ElasticSearcher(self._cluster_url)

    @cached_property
    def followers(self) -> tuple[Follower, ...]:
        """Every index of this node; the embedded one first, for others fall back to it."""
        own = EmbeddedFollower(self._file)
        if not self._cluster_url:
            return (own,)
        from catalog.adapters.elastic.follower import ElasticFollower  # noqa: PLC0415  # Heavy.

        return (own, ElasticFollower(self._cluster_url))


def init_search(app: Flask, *, instance: Path, cluster_url: str) -> None:
    """Choose the engines by the settings. Opens no file and no connection."""
    app.extensions["search"] = Engines(instance / FILE, cluster_url)


def engines() -> Engines:
    """The engines of the current application."""
    chosen: Engines = current_app.extensions["search"]
    return chosen


def find(request: SearchRequest) -> Found:
    """Answer a request by the cluster where there is one, else by this node's own index.

    Never raises for what was typed or for an engine that is down: `Found.notice` says so.
    """
    return find_in(engines(), request)


def find_in(chosen: Engines, request: SearchRequest) -> Found:
    """Answer a request by these engines; what finds nothing is asked again more widely."""
    question = _question(chosen, request.q)
    found = _ask(chosen, request, question)
    for wider in question.wider():
        if found.total:
            break
        question, found = wider, _ask(chosen, request, wider)
    return replace(
        found,
        words_mended=tuple(Mending(word.typed, word.shown) for word in question.mended),
        widened=question.known_words if question.any_word and found.total else (),
        words_cut=question.is_cut,
    )


def _question(chosen: Engines, text: str) -> Question:
    if not text:
        return question_of(text, NoWords())
    try:
        return chosen.embedded.question(text)
    except EngineDown:  # No index yet: a question is then only its own words.
        return question_of(text, NoWords())


def _ask(chosen: Engines, request: SearchRequest, question: Question) -> Found:
    if chosen.cluster is None:
        return _embedded(chosen, request, question)
    if chosen.breaker.may_ask():
        try:
            found = chosen.cluster.search(request, question)
        except EngineDown as error:
            chosen.breaker.failed()
            _log.warning("search_cluster_down", reason=str(error))
        else:
            chosen.breaker.answered()
            return found
    FALLBACKS.inc()
    own = _embedded(chosen, request, question)
    return replace(own, notice=own.notice or Notice.FALLBACK)


def _embedded(chosen: Engines, request: SearchRequest, question: Question) -> Found:
    try:
        return chosen.embedded.search(request, question)
    except EngineDown as error:
        _log.warning("search_index_missing", reason=str(error))
        return Found(notice=Notice.NO_INDEX)
