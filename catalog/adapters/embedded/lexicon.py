"""The words of the goods from the index's own table of tokens: to know, to mend and to show."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from catalog.search.question import Clause
from core.text.fold import fold
from core.text.mending import Vocabulary

# The most frequent of each: keeps the memory of repairs below some 30 MB.
MOST_WORDS = 10_000
MOST_JOINED = 2_000
NEARLY_ALL = 0.8
_HAS = "SELECT 1 FROM vocabulary WHERE term = ? AND col = ? LIMIT 1"
_COUNTS = "SELECT term, doc FROM vocabulary WHERE col = ? ORDER BY doc DESC, term LIMIT ?"


@dataclass(frozen=True)
class Words:
    """What repairs need of all words, built when one is needed."""

    vocabulary: Vocabulary
    spellings: dict[str, str]  # Folded → as most goods write it.


class EmbeddedLexicon:
    """A lexicon over an open snapshot of the index."""

    def __init__(self, connection: sqlite3.Connection, words: Callable[[], Words]) -> None:
        self._connection = connection
        self._words = words

    def __contains__(self, folded: object) -> bool:
        """Tell whether a text of the goods has this folded word."""
        return self._has("fold", str(folded))

    def knows(self, clause: Clause) -> bool:
        """Tell whether any document has one of these tokens."""
        return any(self._has(field, token) for field, token in clause)

    def nearest(self, folded: str) -> str | None:
        """Give the folded word that was probably meant, or None."""
        return self._words().vocabulary.nearest(folded)

    def shown(self, folded: str) -> str:
        """Give the commonest way in which the goods write a folded word, with its marks."""
        return self._words().spellings.get(folded, folded)

    def _has(self, field: str, token: str) -> bool:
        return self._connection.execute(_HAS, (token, field)).fetchone() is not None


def read_words(connection: sqlite3.Connection) -> Words:
    """Read the vocabulary; some tens of milliseconds for ten thousand products."""
    joined = dict(connection.execute(_COUNTS, ("joined", MOST_JOINED)).fetchall())
    folded = dict(connection.execute(_COUNTS, ("fold", MOST_WORDS)).fetchall())
    return Words(Vocabulary(joined | folded), _spellings(connection, folded))


def _spellings(connection: sqlite3.Connection, folded: dict[str, int]) -> dict[str, str]:
    """How nearly all goods write each word; one written in several ways is left without marks."""
    found: dict[str, str] = {}
    for exact, documents in connection.execute(_COUNTS, ("exact", MOST_WORDS)):
        word = fold(exact)
        if documents >= NEARLY_ALL * folded.get(word, 0):
            found.setdefault(word, exact)
    return found
