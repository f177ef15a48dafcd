"""The reading side of the embedded index: words by FTS5, facets and order by arrays."""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import local

import numpy as np
from numpy.typing import NDArray

from catalog.adapters.embedded.columns import NO_PRICE, Columns, Numbers, Version, load
from catalog.adapters.embedded.file import NoIndexError, open_for_reading
from catalog.adapters.embedded.lexicon import EmbeddedLexicon, Words, read_words
from catalog.adapters.embedded.matching import fits
from catalog.search.port import (
    EngineDown,
    Found,
    SearchRequest,
    Sort,
    counted,
)
from catalog.search.question import Question, question_of
from catalog.search.standing import STANDINGS, expanded
from core.clock import steady_seconds

WORDS_SECONDS = 30.0  # A word new to the goods is searched at once; mending may learn it later.
Mask = NDArray[np.bool_]

_DEAREST = np.iinfo(np.int64).max
_QUALITIES = 128  # More than the greatest quality: a step of fit outweighs it.


class EmbeddedSearcher:
    """Answers from the file. One connection for each thread; the arrays are shared by all."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._of_thread = local()
        self._columns: Columns | None = None
        self._words: tuple[Version, float, Words] | None = None

    def question(self, text: str) -> Question:
        """Give the question that `text` asks, read by the words of this index.

        Raises:
            EngineDown: there is no index.
        """
        with self.reading() as connection:
            return question_of(text, EmbeddedLexicon(connection, lambda: self._known(connection)))

    def search(self, request: SearchRequest, question: Question) -> Found:
        """Answer one request from one state of the index.

        Raises:
            EngineDown: there is no index.
        """
        with self.reading() as connection:
            columns = self._current(connection)
            codes = _codes(columns, request)
            fit = fits(connection, columns, question, codes["stars"])
        masks = {
            facet: np.isin(codes[facet], _chosen(columns, facet, values))
            for facet, values in request.chosen.items()
            if values
        }
        matching = (fit > 0) & _affordable(columns, request)
        hits = _both(matching, masks.values())
        return Found(
            ids=_page(columns, request, fit, np.flatnonzero(hits)),
            total=int(hits.sum()),
            facets={
                facet: _counts(
                    columns,
                    facet,
                    codes[facet][_both(matching, [m for of, m in masks.items() if of != facet])],
                    request.chosen[facet],
                )
                for facet in request.counted
            },
        )

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give this thread's connection inside one snapshot of the file.

        Raises:
            EngineDown: there is no index.
        """
        try:
            connection = self._connection()
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("COMMIT")
        except (NoIndexError, sqlite3.DatabaseError) as error:
            self._of_thread.connection = None
            raise EngineDown(str(error)) from error

    def _connection(self) -> sqlite3.Connection:
        """The open file, or the present one when another was put in its place."""
        file = self._file()
        connection: sqlite3.Connection | None = getattr(self._of_thread, "connection", None)
        if connection is None or self._of_thread.file != file:
            if connection is not None:
                connection.close()
            connection = open_for_reading(self._path)
            self._of_thread.connection, self._of_thread.file = connection, file
        return connection

    def _file(self) -> int:
        try:
            return self._path.stat().st_ino
        except OSError as error:
            raise NoIndexError(str(error)) from error

    def _version(self, connection: sqlite3.Connection) -> Version:
        state = connection.execute("SELECT build, epoch, revision FROM state").fetchone()
        return Version(self._of_thread.file, *state)

    def _known(self, connection: sqlite3.Connection) -> Words:
        """The words for repairs: of this index, and at most WORDS_SECONDS behind it."""
        version, now = self._version(connection), steady_seconds()
        if self._words is not None:
            read, read_at, words = self._words
            if read == version or (read.continues(version) and now < read_at + WORDS_SECONDS):
                return words
        self._words = (version, now, read_words(connection))
        return self._words[2]

    def _current(self, connection: sqlite3.Connection) -> Columns:
        version = self._version(connection)
        columns = self._columns
        if columns is None or columns.version != version:
            columns = load(connection, version, columns)
            self._columns = columns
        return columns


def _codes(columns: Columns, request: SearchRequest) -> dict[str, Numbers]:
    codes = {
        facet: columns.facts[f"{facet}_code"]
        for facet in ("group", "province", "commune", "producer")
    }
    return codes | {"stars": columns.standings_on(request.today)}


def _values_of(columns: Columns, facet: str) -> dict[str, int]:
    if facet == "stars":
        return {standing: code for code, standing in enumerate(STANDINGS)}
    return dict(columns.values.get(facet, {}))


def _chosen(columns: Columns, facet: str, values: Collection[str]) -> list[int]:
    wanted = expanded(values) if facet == "stars" else values
    known = _values_of(columns, facet)
    return [known[value] for value in wanted if value in known]


def _affordable(columns: Columns, request: SearchRequest) -> Mask:
    prices = columns.facts["price_vnd"]
    lowest, highest = request.price_from, request.price_to
    if lowest is None and highest is None:
        return np.ones(len(prices), dtype=np.bool_)
    affordable: Mask = (prices != NO_PRICE) & (prices >= (lowest or 0))
    return affordable if highest is None else affordable & (prices <= highest)


def _both(matching: Mask, masks: Collection[Mask]) -> Mask:
    for mask in masks:
        matching = matching & mask
    return matching


def _counts(
    columns: Columns, facet: str, codes: Numbers, chosen: Collection[str]
) -> dict[str, int]:
    known = _values_of(columns, facet)
    counts = np.bincount(codes, minlength=max(known.values(), default=0) + 1)
    found = {value: int(counts[code]) for value, code in known.items() if counts[code]}
    return counted(facet, found, chosen)


def _page(
    columns: Columns, request: SearchRequest, fit: Numbers, places: NDArray[np.intp]
) -> tuple[int, ...]:
    """The ids of the page; rows are by ascending id, so a stable sort ends ties by id."""
    first, last = request.window
    order = np.argsort(_key(columns, request.sort, fit)[places], kind="stable")
    ids = columns.facts["product_id"][places[order[first:last]]]
    return tuple(int(each) for each in ids)


def _key(columns: Columns, sort: Sort, fit: Numbers) -> Numbers:
    """What is sorted ascending."""
    facts = columns.facts
    if sort is Sort.FIT:
        return -(fit * _QUALITIES + facts["quality"])
    if sort is Sort.NEW:
        return -facts["published_at"]
    if sort is Sort.PRICE_DOWN:
        return -facts["price_vnd"]  # Without a price is below every price, so it comes last.
    prices = facts["price_vnd" if sort is Sort.PRICE else "unit_price_vnd"]
    return np.where(prices == NO_PRICE, _DEAREST, prices)
