"""Which protected names a name holds, and which are nearest to it. Pure.

A name is compared as it is heard: folded, without marks and word breaks.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from core.text.fold import fold_words
from core.text.mending import edit_distance

NEAREST_SHOWN = 3
_LIKE = 3  # Of so many letters one may be another; more is another name.

Key = TypeVar("Key")


class NameKind(StrEnum):
    """What protects a name."""

    MARK = "mark"
    COLLECTIVE = "collective"
    INDICATION = "indication"
    VILLAGE = "village"


def folded(name: str) -> str:
    """The words of a name as they are compared."""
    return " ".join(fold_words(name))


def holds(name: str, protected: str) -> bool:
    """Whether a folded name holds a folded protected one: whole words, written apart or together.

    "na lan gac" does not hold "na lang": a name ends where a word ends.
    """
    wanted, words = protected.replace(" ", ""), name.split()
    return any(
        "".join(words[first:last]) == wanted
        for first in range(len(words))
        for last in range(first + 1, len(words) + 1)
    )


def nearest(name: str, protected: Iterable[tuple[Key, str]]) -> list[Key]:
    """The protected names (key, folded) nearest to a folded name, the nearest first."""
    ranked = sorted(
        (distance, at, key)
        for at, (key, words) in enumerate(protected)
        if (distance := _distance(name, words)) <= _furthest(words)
    )
    return [key for _, _, key in ranked[:NEAREST_SHOWN]]


def _distance(name: str, protected: str) -> int:
    """Mistakes between a protected name and the likest run of as many words."""
    words, count = name.split(), len(protected.split())
    runs = [" ".join(words[at : at + count]) for at in range(max(1, len(words) - count + 1))]
    return min(edit_distance(run, protected, _furthest(protected)) for run in runs)


def _furthest(protected: str) -> int:
    return len(protected) // _LIKE
