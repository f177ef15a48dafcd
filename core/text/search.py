"""What search engines index and ask: every engine sees the same tokens, so they agree."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.text.fold import fold, fold_words, normal, words
from core.text.spellings import ABBREVIATIONS, VARIANTS, other_vowel, with_vowel
from core.text.telex import untelex

QUERY_CHARACTERS = 200  # What lies beyond is not looked at; a buyer's question is shorter.
QUERY_WORDS = 12
INDEX_CHARACTERS = 20_000  # A long story; beyond it nothing is found by its words.
PREFIX_SHORTEST, PREFIX_LONGEST = 2, 10
LONGEST_JOINED = 4  # "so co la" and "buon ma thuot" are three words, written together too.

_SHORT_FORMS = {tuple(full.split()): short for short, full in ABBREVIATIONS.items()}
_GROUPS = {tuple(one.split()): group for group in VARIANTS for one in group} | {
    (one.replace(" ", ""),): group for group in VARIANTS for one in group
}
_LONGEST_RUN = max(map(len, (*_SHORT_FORMS, *_GROUPS)))


@dataclass(frozen=True, kw_only=True)
class TextTokens:
    """The tokens of one text. `exact` and `fold` keep the order of the words, for phrases."""

    exact: tuple[str, ...]
    fold: tuple[str, ...]
    joined: tuple[str, ...]  # Words, neighbours written together, other spellings; no order.
    prefixes: tuple[str, ...]  # Beginnings of words and of neighbours written together.


@dataclass(frozen=True, kw_only=True)
class QueryWord:
    """One word of a question and what may stand for it in each field; the typed form is first."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    joined: tuple[str, ...]  # Holds `folded`, and the word written together with its neighbours.


@dataclass(frozen=True, kw_only=True)
class QueryWords:
    """A question. A document matches a field when every word has one of its forms there."""

    words: tuple[QueryWord, ...]
    prefix: str  # The last word as far as TextTokens.prefixes know it; empty when too short.
    cut: bool  # True when something lay beyond the bounds and was not looked at.

    @property
    def phrase(self) -> tuple[str, ...]:
        """The words as typed, for an exact phrase."""
        return tuple(word.exact[0] for word in self.words)


def index_tokens(text: str) -> TextTokens:
    """Give the tokens under which `text` is found."""
    # Some letters are spelt out on the way (ﷺ is eighteen): the bound holds after that too.
    text = normal(text[:INDEX_CHARACTERS])[:INDEX_CHARACTERS]
    folded = fold_words(text)
    return TextTokens(
        exact=words(text),
        fold=folded,
        joined=tuple(dict.fromkeys(_joined(folded))),
        prefixes=tuple(dict.fromkeys(_prefixes(folded))),
    )


def query_words(text: str, known: Container[str] = frozenset()) -> QueryWords:
    """Give the words of a question, whatever it holds: operators, NUL and emoji are no words.

    `known` are folded words of the goods: such a word is never read as Telex left-overs.
    """
    typed = words(text[:QUERY_CHARACTERS])
    kept = typed[:QUERY_WORDS]
    folded = [fold(word) for word in kept]
    last = folded[-1] if folded else ""
    return QueryWords(
        words=tuple(_query_word(kept[at], at, folded, known) for at in range(len(kept))),
        prefix=last[:PREFIX_LONGEST] if len(last) >= PREFIX_SHORTEST else "",
        cut=len(text) > QUERY_CHARACTERS or len(typed) > QUERY_WORDS,
    )


def _query_word(typed: str, at: int, all_folded: list[str], known: Container[str]) -> QueryWord:
    own = all_folded[at]
    decoded = None if own in known else untelex(typed)
    exact = [typed, *([normal(decoded)] if decoded else [])]
    folded = [own, *([fold(decoded)] if decoded else [])]
    folded += [other for word in folded if (other := other_vowel(word))]
    near = [
        "".join(all_folded[start : start + size])
        for size in range(2, LONGEST_JOINED)
        for start in range(max(0, at - size + 1), at + 1)
        if start + size <= len(all_folded)
    ]
    return QueryWord(
        exact=tuple(dict.fromkeys(exact)),
        folded=tuple(dict.fromkeys(folded)),
        joined=tuple(dict.fromkeys(folded + near)),
    )


def _joined(folded: Sequence[str]) -> Iterator[str]:
    full = [part for word in folded for part in ABBREVIATIONS.get(word, word).split()]
    sequences = [tuple(folded), tuple(full)]
    for vowel in ("i", "y"):
        sequences += [tuple(with_vowel(word, vowel) for word in one) for one in sequences[:2]]
    for sequence in dict.fromkeys(sequences):
        yield from sequence
        yield from _together(sequence)
    yield from _other_spellings(full)


def _together(sequence: Sequence[str]) -> Iterator[str]:
    """Neighbours written together, two and three at a time."""
    for size in range(2, LONGEST_JOINED):
        for start in range(len(sequence) - size + 1):
            yield "".join(sequence[start : start + size])


def _other_spellings(sequence: Sequence[str]) -> Iterator[str]:
    """Short forms of what stands in full, and every spelling of a word that has several."""
    for start in range(len(sequence)):
        for end in range(start + 1, min(start + _LONGEST_RUN, len(sequence)) + 1):
            run = tuple(sequence[start:end])
            if run in _SHORT_FORMS:
                yield _SHORT_FORMS[run]
            for spelling in _GROUPS.get(run, ()):
                yield from spelling.split()
                yield spelling.replace(" ", "")


def _prefixes(folded: Sequence[str]) -> Iterator[str]:
    together: Iterable[str] = (left + right for left, right in pairwise(folded))
    for word in (*folded, *together):
        for length in range(PREFIX_SHORTEST, min(len(word), PREFIX_LONGEST) + 1):
            yield word[:length]
