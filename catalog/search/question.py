"""A question as clauses that every engine can answer in its own language. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from catalog.search.ranking import Match
from core.text.search import QueryWord, QueryWords, query_words

SHOWN_CHARACTERS = 40  # Of a word given back in "did you mean": nobody reads a longer one.

Clause = tuple[tuple[str, str], ...]  # (field, token): one of them must be there.


class Lexicon(Protocol):
    """The words of the goods, as the index knows them."""

    def __contains__(self, folded: object) -> bool:
        """Tell whether a text of the goods has this folded word."""

    def knows(self, clause: Clause) -> bool:
        """Tell whether any document has one of these tokens."""

    def nearest(self, folded: str) -> str | None:
        """Give the folded word that was probably meant, or None."""

    def shown(self, folded: str) -> str:
        """Give the commonest way in which the goods write a folded word, with its marks."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """The words asked for; `meant` stands beside a word that no goods know."""

    asked: QueryWords
    meant: tuple[str | None, ...] = ()
    shown: tuple[str, ...] = ()  # `meant` with its marks, empty where nothing was mended.
    known: tuple[bool, ...] = ()  # Whether the goods have the word, as typed or mended.
    any_word: bool = False  # One of the words is enough; the more of them, the better.

    @property
    def is_empty(self) -> bool:
        """Whether there is no word at all: everything is listed."""
        return not self.asked.words

    @property
    def mended(self) -> tuple[tuple[str, str], ...]:
        """Pairs of a word as typed and the word searched instead."""
        typed = self.asked.phrase
        pairs = zip(typed, self.shown, strict=True)
        return tuple((word[:SHOWN_CHARACTERS], shown) for word, shown in pairs if shown)

    @property
    def known_words(self) -> tuple[str, ...]:
        """The words that some goods have, as they are shown to the buyer."""
        rows = zip(self.asked.phrase, self.shown, self.known, strict=True)
        return tuple(shown or typed[:SHOWN_CHARACTERS] for typed, shown, known in rows if known)

    @property
    def in_name(self) -> tuple[Clause, ...]:
        """Every word, in any spelling, in the product's own name."""
        return tuple(
            tuple(("name", token) for token in _tokens(word, meant)) for word, meant in self._pairs
        )

    @property
    def words(self) -> tuple[Clause, ...]:
        """The widest form of each word: any spelling, mended, the last one as a beginning too."""
        clauses = [
            tuple(("joined", token) for token in _tokens(word, meant))
            for word, meant in self._pairs
        ]
        if clauses and self.asked.prefix:
            clauses[-1] = (*clauses[-1], ("prefixes", self.asked.prefix))
        return tuple(clauses)

    @property
    def _pairs(self) -> Sequence[tuple[QueryWord, str | None]]:
        return tuple(zip(self.asked.words, self.meant, strict=True))

    def tiers(self) -> Iterator[tuple[Match, tuple[Clause, ...]]]:
        """Give the ways of matching from the widest to the closest, the phrase excepted.

        All clauses of a tier must hold. A tier that can find no more than another is left out.
        """
        words = self.asked.words
        if any(self.meant):
            yield Match.MENDED, self.words
            return  # A word that no goods know keeps every closer tier empty.
        joined = [tuple(("joined", token) for token in word.joined) for word in words]
        if self.asked.prefix:
            yield Match.PREFIX, (*joined[:-1], (("prefixes", self.asked.prefix),))
        yield Match.JOINED, tuple(joined)
        yield Match.FOLDED, tuple(tuple(("fold", token) for token in w.folded) for w in words)
        yield Match.WORDS, tuple(tuple(("exact", token) for token in w.exact) for w in words)

    @property
    def phrase(self) -> tuple[str, ...]:
        """The words as typed, when they can stand as a phrase of two or more."""
        phrase = self.asked.phrase
        return phrase if len(phrase) > 1 and not any(self.meant) else ()


def question_of(text: str, lexicon: Lexicon) -> Question:
    """Give the question that `text` asks, unknown words mended from the words of the goods."""
    asked = query_words(text, known=lexicon)
    plain = Question(asked=asked, meant=(None,) * len(asked.words))
    known = [lexicon.knows(clause) for clause in plain.words]
    meant = tuple(
        None if is_known else _nearest(word, lexicon)
        for word, is_known in zip(asked.words, known, strict=True)
    )
    return Question(
        asked=asked,
        meant=meant,
        shown=tuple(lexicon.shown(each) if each else "" for each in meant),
        known=tuple(
            is_known or each is not None for is_known, each in zip(known, meant, strict=True)
        ),
    )


def _nearest(word: QueryWord, lexicon: Lexicon) -> str | None:
    """The nearest word to any way of reading the typed one."""
    found = (lexicon.nearest(form) for form in word.folded)
    return next((each for each in found if each), None)


def _tokens(word: QueryWord, meant: str | None) -> tuple[str, ...]:
    return (*word.joined, meant) if meant else word.joined
