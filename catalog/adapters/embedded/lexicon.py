"""The words of the goods from the index's own table of tokens: to know, to mend and to show."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from catalog.adapters.embedded.file import FIELD_LETTERS
from catalog.adapters.embedded.matching import expression
from catalog.search.question import Clause
from core.text.fold import fold
from core.text.mending import Vocabulary

# The most frequent of each: keeps the memory of repairs below some 30 MB.
MOST_WORDS = 10_000
MOST_JOINED = 2_000
NEARLY_ALL = 0.8
_HAS = "SELECT 1 FROM token WHERE token MATCH ? LIMIT 1"
_COUNTS = """
SELECT substr(term, 2), doc FROM vocabulary WHERE term >= ? AND term < ?
ORDER BY doc DESC, term LIMIT ?
"""


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
        return self.knows((("fold", str(folded)),))

    def knows(self, clause: Clause) -> bool:
        """Tell whether any document has one of these tokens."""
        return self._connection.execute(_HAS, (expression([clause]),)).fetchone() is not None

    def nearest(self, folded: str) -> str | None:
        """Give the folded word that was probably meant, or None."""
        return self._words().vocabulary.nearest(folded)

    def shown(self, folded: str) -> str:
        """Give the commonest way in which the goods write a folded word, with its marks."""
        return self._words().spellings.get(folded, folded)


def read_words(connection: sqlite3.Connection) -> Words:
    """Read the vocabulary; some tens of milliseconds for ten thousand products."""
    joined = dict(_most_frequent(connection, "joined", MOST_JOINED))
    folded = dict(_most_frequent(connection, "fold", MOST_WORDS))
    return Words(Vocabulary(joined | folded), _spellings(connection, folded))


def _spellings(connection: sqlite3.Connection, folded: dict[str, int]) -> dict[str, str]:
    """How nearly all goods write each word; one written in several ways is left without marks."""
    found: dict[str, str] = {}
    for exact, documents in _most_frequent(connection, "exact", MOST_WORDS):
        word = fold(exact)
        if documents >= NEARLY_ALL * folded.get(word, 0):
            found.setdefault(word, exact)
    return found


def _most_frequent(
    connection: sqlite3.Connection, field: str, at_most: int
) -> Iterator[tuple[str, int]]:
    """Tokens of a field with the number of products that have them."""
    letter = FIELD_LETTERS[field]
    yield from connection.execute(_COUNTS, (letter, chr(ord(letter) + 1), at_most))
