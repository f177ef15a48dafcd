"""A question as clauses that every engine can answer in its own language. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Protocol
from unicodedata import normalize

from catalog.search.ranking import Match
from core.text.search import QueryWord, query_words
from core.text.spellings import other_vowel
from core.text.syllable import one_placement, split_tone

SHOWN_CHARACTERS = 40  # Of a word given back in "did you mean": nobody reads a longer one.

Clause = tuple[tuple[str, str], ...]  # (field, token): one of them must be there.


class Lexicon(Protocol):
    """The words of the goods, as the index knows them."""

    def __contains__(self, folded: object) -> bool:
        """Tell whether a text of the goods has this folded word."""

    def knows(self, clause: Clause, /) -> bool:
        """Tell whether any document has one of these tokens."""

    def nearest(self, folded: str, /) -> str | None:
        """Give the folded word that was probably meant, or None."""

    def shown(self, folded: str) -> str:
        """Give the commonest way in which the goods write a folded word, with its marks."""


class NoWords:
    """The lexicon before anything is indexed: every word is taken as it was typed."""

    def __contains__(self, folded: object) -> bool:
        """No word is known."""
        return False

    def knows(self, _clause: Clause, /) -> bool:
        """Nothing can be said against any token."""
        return True

    def nearest(self, _folded: str, /) -> str | None:
        """Nothing is near."""
        return None

    def shown(self, folded: str) -> str:
        """As it is."""
        return folded


@dataclass(frozen=True, kw_only=True)
class Word:
    """One word of a question, and how it may be found."""

    asked: QueryWord
    # Typed with marks, and the goods know it so: "dừa" finds neither "dưa" nor "dứa", but "dua"
    # where the goods are written without marks.
    by_marks: bool = False
    is_known: bool = True  # As typed, in any spelling.
    is_exact: bool = True  # With exactly these marks; else the closest tiers would stay empty.
    meant: str | None = None  # A folded word of the goods, beside a word they do not know.
    shown: str = ""  # `meant` with its marks.

    @property
    def typed(self) -> str:
        """As typed, short enough to be shown."""
        return self.asked.exact[0][:SHOWN_CHARACTERS]

    @property
    def exact(self) -> Clause:
        """With its marks."""
        return _in("exact", self.asked.exact)

    @property
    def folded(self) -> Clause:
        """Without marks; of a word that goes by its marks, where the goods have none."""
        if self.by_marks:
            return _in("exact", (*_marked(self.asked), self.asked.folded[0]))
        return _in("fold", self.asked.folded)

    @property
    def joined(self) -> Clause:
        """In any spelling, or as meant."""
        if self.by_marks:
            return self.folded + _in("joined", _written_together(self.asked))
        return _in("joined", self._spellings)

    @property
    def in_name(self) -> Clause:
        """In any spelling, in the product's own name."""
        if self.by_marks:
            return _in("name", (*_marked(self.asked), *_written_together(self.asked)))
        return _in("name", self._spellings)

    @property
    def _spellings(self) -> tuple[str, ...]:
        return (*self.asked.joined, self.meant) if self.meant else self.asked.joined


@dataclass(frozen=True)
class Question:
    """The words asked for, each with its forms."""

    words: tuple[Word, ...] = ()
    beginning: str = ""  # The last word as a beginning; empty where it is a word by itself.
    # No goods have the last word, but some have words that begin so: it is not typed to its end.
    is_unfinished: bool = False
    is_cut: bool = False  # Something lay beyond the bounds and was not looked at.
    any_word: bool = False  # One of the words is enough; the more of them, the better.

    @property
    def mended(self) -> tuple[Word, ...]:
        """The words that are searched as they were probably meant."""
        words = self.words[:-1] if self.is_unfinished else self.words
        return tuple(word for word in words if word.meant)

    @property
    def known_words(self) -> tuple[str, ...]:
        """The words that some goods have, as they are shown to the buyer."""
        finished = self.words[:-1] if self.is_unfinished else self.words
        shown = tuple(w.shown or w.typed for w in finished if w.is_known or w.meant)
        return (*shown, self.words[-1].typed) if self.is_unfinished else shown

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Each word in any spelling, mended, an unfinished one as a beginning."""
        joined = [word.joined for word in self.words]
        if self.is_unfinished:
            joined[-1] = _in("prefixes", [self.beginning])
        return tuple(joined)

    @property
    def in_name(self) -> tuple[Clause, ...]:
        """Every word in the product's own name."""
        return tuple(word.in_name for word in self.words)

    @property
    def phrase(self) -> tuple[str, ...]:
        """The words as typed, when they can stand as a phrase of two or more."""
        words = tuple(word.asked.exact[0] for word in self.words)
        return words if len(words) > 1 and self._is_exact else ()

    def tiers(self) -> Iterator[tuple[Match, tuple[Clause, ...]]]:
        """Give the ways of matching from the widest to the closest, the exact phrase excepted.

        All clauses of a tier must hold.
        """
        if self.mended:
            yield Match.MENDED, self.clauses
            return  # A word that no goods know keeps every closer tier empty.
        if not self.is_unfinished and not all(word.is_known for word in self.words):
            yield Match.JOINED, self.clauses  # Nothing is near it: this finds nothing.
            return
        if self.beginning:
            yield Match.PREFIX, (*self.clauses[:-1], _in("prefixes", [self.beginning]))
        if self.is_unfinished:
            return
        yield Match.JOINED, self.clauses
        yield Match.FOLDED, tuple(word.folded for word in self.words)
        if self._is_exact:
            yield Match.WORDS, tuple(word.exact for word in self.words)
        folded = [word.asked.folded[0] for word in self.words]
        if len(folded) > 1 and not self._goes_by_marks:
            pairs = (left + right for left, right in pairwise(folded))
            yield Match.FOLDED_PHRASE, tuple(_in("joined", [pair]) for pair in pairs)

    def wider(self) -> Iterator["Question"]:
        """Give what to ask next, and next, while nothing is found."""
        if self.is_unfinished and self.words[-1].meant:
            yield replace(self, is_unfinished=False, beginning="")
        if self._goes_by_marks:
            yield self._by_letters()
        if self.known_words:
            yield replace(self, any_word=True)

    @property
    def _is_exact(self) -> bool:
        return all(word.is_known and word.is_exact for word in self.words)

    @property
    def _goes_by_marks(self) -> bool:
        return any(word.by_marks for word in self.words)

    def _by_letters(self) -> "Question":
        return replace(self, words=tuple(replace(word, by_marks=False) for word in self.words))


def question_of(text: str, lexicon: Lexicon) -> Question:
    """Give the question that `text` asks, unknown words mended from the words of the goods."""
    asked = query_words(text, known=lexicon)
    words = [_word(each, lexicon) for each in asked.words]
    if not words:
        return Question(is_cut=asked.cut)
    last = words[-1]
    beginning = "" if last.by_marks else asked.prefix
    is_unfinished = not last.is_known and lexicon.knows(_in("prefixes", [beginning]))
    if not (last.is_known or is_unfinished):
        beginning = ""
    return Question(tuple(words), beginning, is_unfinished, asked.cut)


def _word(asked: QueryWord, lexicon: Lexicon) -> Word:
    if lexicon.knows(_in("joined", asked.joined)):
        has_marks = asked.exact[0] != asked.folded[0]
        by_marks = has_marks and lexicon.knows(_in("exact", _marked(asked)))
        return Word(
            asked=asked, by_marks=by_marks, is_exact=lexicon.knows(_in("exact", asked.exact))
        )
    near = (lexicon.nearest(form) for form in asked.folded)
    meant = next((each for each in near if each), None)
    shown = lexicon.shown(meant) if meant else ""
    return Word(asked=asked, is_known=False, meant=meant, shown=shown)


def _in(field: str, tokens: Sequence[str]) -> Clause:
    return tuple((field, token) for token in tokens)


def _marked(asked: QueryWord) -> tuple[str, ...]:
    """The word with its marks, and with i for y or y for i: "mỳ" and "mì" are one word."""
    bare, tone = split_tone(asked.exact[0])
    other = other_vowel(bare)
    return (*asked.exact, one_placement(normalize("NFC", other + tone))) if other else asked.exact


def _written_together(asked: QueryWord) -> tuple[str, ...]:
    """The word with its neighbours, as one word: close enough to need no marks."""
    return tuple(token for token in asked.joined if token not in asked.folded)
