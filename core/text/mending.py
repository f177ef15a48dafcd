"""Repair of typing mistakes against the words the goods use."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from core.text.search import QueryWords

SHORTEST = 3  # In two letters every other word is one mistake away.
LONG = 8  # From here on two mistakes are repaired: joined words and names.
LONGEST = 40
_PREFIX = 7  # Beginnings compared by deletion: SymSpell's bound, lossless for two mistakes.


class Vocabulary:
    """The words of the goods with how often each occurs, ready for repair; built once.

    By symmetric deletion (Wolf Garbe, SymSpell): two words at most n mistakes apart become equal
    after at most n deletions on each side, so a repair is a few look-ups and not a scan.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = dict(counts)
        near: dict[str, list[str]] = {}
        for word in sorted(self._counts):
            # A word one letter shorter than LONG may be what a long one is mended to.
            mistakes = 2 if len(word) >= LONG - 2 else 1
            if SHORTEST - 1 <= len(word) <= LONGEST:
                for remains in _deletions(word[:_PREFIX], mistakes):
                    near.setdefault(remains, []).append(word)
        self._near = near

    def __contains__(self, word: object) -> bool:
        """Tell whether the goods use `word`."""
        return word in self._counts

    def nearest(self, word: str) -> str | None:
        """Give the likeliest word of the goods within the mistakes allowed for `word`'s length.

        Fewest mistakes first, then the same first letter, then letters only swapped, then the more
        frequent, then by letters.
        """
        if not SHORTEST <= len(word) <= LONGEST:
            return None
        mistakes = 2 if len(word) >= LONG else 1
        found = {
            candidate
            for remains in _deletions(word[:_PREFIX], mistakes)
            for candidate in self._near.get(remains, ())
        }
        ranked = [
            (distance, *self._unlikeliness(word, candidate))
            for candidate in found
            if (distance := edit_distance(word, candidate, mistakes)) <= mistakes
        ]
        return min(ranked)[-1] if ranked else None

    def _unlikeliness(self, word: str, candidate: str) -> tuple[bool, bool, int, str]:
        only_swapped = sorted(candidate) == sorted(word)
        return candidate[0] != word[0], not only_swapped, -self._counts[candidate], candidate


def mend(word: str, vocabulary: Vocabulary) -> str | None:
    """Give the word that was probably meant, or None when `word` is known or nothing is near."""
    return None if word in vocabulary else vocabulary.nearest(word)


def mended(question: QueryWords, vocabulary: Vocabulary) -> str | None:
    """Give the question with its unknown words repaired, or None when nothing was repaired.

    `vocabulary` holds the `fold` and `joined` tokens of the goods; a word is known when any of its
    forms is ("caf" by "ca", "caphe" by itself), and then stays as typed.
    """
    typed = list(question.phrase)
    repaired = list(typed)
    for at, word in enumerate(question.words):
        if not any(form in vocabulary for form in word.joined):
            repaired[at] = vocabulary.nearest(word.folded[0]) or typed[at]
    return " ".join(repaired) if repaired != typed else None


def edit_distance(left: str, right: str, at_most: int) -> int:
    """Give the mistakes between two words, or `at_most` + 1 when there are more.

    A mistake is a letter too many, missing, wrong, or two neighbours swapped (optimal string
    alignment).
    """
    if abs(len(left) - len(right)) > at_most:
        return at_most + 1
    before: list[int] = []
    above = list(range(len(right) + 1))
    for row, letter in enumerate(left, 1):
        current = [row]
        for column, other in enumerate(right, 1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != other))
            swapped = row > 1 and column > 1 and left[row - 2] == other
            if swapped and letter == right[column - 2]:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > at_most:
            return at_most + 1
        before, above = above, current
    return above[-1]


def _deletions(word: str, mistakes: int) -> Iterator[str]:
    """`word` and what remains of it after up to `mistakes` deletions, each once."""
    remains = {word}
    for size in range(1, min(mistakes, len(word)) + 1):
        for kept in combinations(word, len(word) - size):
            remains.add("".join(kept))
    yield from remains
