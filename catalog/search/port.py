"""The port of search: what is asked, what is found, and what an engine can do. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from catalog.search.document import Document
from catalog.search.question import Question
from catalog.search.standing import IN_FORCE, STARS

SIZE = 24  # Products on a list page.
LARGEST_SIZE = 100
DEEPEST = 100_000  # Hits beyond this rank are counted, never listed: the work stays bounded.
FACET_VALUES = 50  # Values named in a facet: the most frequent, and whatever is chosen.

FACETS = ("group", "stars", "province", "commune", "producer")


class Sort(StrEnum):
    """The orders a buyer may choose; every tie ends with the smaller id."""

    FIT = "fit"  # Ranking: catalog/search/ranking.py.
    NEW = "new"
    PRICE = "price"
    PRICE_DOWN = "-price"
    UNIT_PRICE = "unit_price"


class Notice(StrEnum):
    """What a page should quietly say about how the answer came about."""

    FALLBACK = "fallback"  # The cluster did not answer in time; this node's own index did.
    NO_INDEX = "no_index"  # Nothing is indexed yet: the worker has not run.


@dataclass(frozen=True, kw_only=True)
class SearchRequest:
    """One question. Values of one facet are "or", facets and words are "and"."""

    today: date  # The day in Việt Nam: standings are those of this day.
    q: str = ""
    groups: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()  # "1" … "5", "in_force" (any of those), or the other standings.
    provinces: tuple[str, ...] = ()  # Codes of core/reference, as text.
    communes: tuple[str, ...] = ()
    producers: tuple[str, ...] = ()  # Slug keys: the last six letters of a producer's slug.
    price_from: int | None = None  # Đồng, both ends included.
    price_to: int | None = None
    counted: tuple[str, ...] = FACETS  # The facets whose values are counted.
    sort: Sort = Sort.FIT
    page: int = 1
    size: int = SIZE

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The chosen values by the name of their facet; no more of them than a facet names."""
        values = (self.groups, self.standings, self.provinces, self.communes, self.producers)
        return {
            facet: tuple(dict.fromkeys(chosen))[:FACET_VALUES]
            for facet, chosen in zip(FACETS, values, strict=True)
        }

    @property
    def window(self) -> tuple[int, int]:
        """First and last rank (exclusive) of the page, inside the bounds; empty beyond them."""
        size = min(max(self.size, 1), LARGEST_SIZE)
        start = (max(self.page, 1) - 1) * size
        return (start, start + size) if start + size <= DEEPEST else (0, 0)


@dataclass(frozen=True)
class Mending:
    """A word that no goods know, and the word that was searched instead ("did you mean")."""

    typed: str
    meant: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """An answer: a page of product ids in order, how many in all, and the counts of each facet."""

    ids: tuple[int, ...] = ()
    total: int = 0
    # Facet → value → count. Disjunctive: a facet is counted as if nothing in it were chosen.
    # `stars` also counts "in_force", the sum of "1" … "5".
    facets: Mapping[str, Mapping[str, int]] = field(
        default_factory=lambda: {facet: {} for facet in FACETS}
    )
    words_mended: tuple[Mending, ...] = ()
    # All words together found nothing, so goods with some of these words are shown.
    widened: tuple[str, ...] = ()
    words_cut: bool = False  # The question was longer than what is looked at.
    notice: Notice | None = None


@dataclass(frozen=True)
class Position:
    """How far a follower is: a revision of one feed. Another epoch is another feed."""

    epoch: str = ""
    revision: int = 0


@dataclass(frozen=True, kw_only=True)
class Changes:
    """A piece of the feed: what to index, what to remove, and where the follower then stands."""

    after: Position
    until: Position
    documents: Sequence[Document]
    removed: Sequence[int]


class EngineDown(Exception):  # Named for the fact, as every refusal here.
    """The engine did not answer, or not in time."""


class Searcher(Protocol):
    """The side of an engine that answers questions."""

    def search(self, request: SearchRequest, question: Question) -> Found:
        """Answer one request.

        Raises:
            EngineDown: no index, or no answer in time.
        """


class Follower(Protocol):
    """The side of an engine that follows the feed."""

    name: str

    def position(self) -> Position:
        """Where the index stands, as kept with the index itself; the beginning when it is lost.

        Raises:
            EngineDown: it does not answer.
        """

    def apply(self, changes: Changes) -> None:
        """Index and remove, then stand at `changes.until`. The same again changes nothing.

        Raises:
            EngineDown: it does not answer; what was written is written again next time.
        """

    def rebuild(self, start: Position, pieces: Iterable[Changes]) -> None:
        """Replace the whole index by `pieces` without a moment in which less is found.

        The pieces are the feed from `start`, its beginning; each begins where the one before
        ended.

        Raises:
            EngineDown: it does not answer; the former index stays.
        """


def counted(facet: str, counts: Mapping[str, int], chosen: Iterable[str]) -> dict[str, int]:
    """Give a facet's counts as a page shows them, the same from every engine.

    The most frequent first, ties by value; at most FACET_VALUES, besides those chosen.
    """
    kept = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:FACET_VALUES]
    shown = dict(kept) | {value: counts.get(value, 0) for value in chosen}
    if facet == "stars":
        shown[IN_FORCE] = sum(counts.get(stars, 0) for stars in STARS)
    return shown
