"""Which column of a file is which field, guessed from its heading as people write it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.text.fold import fold

EXACT = 1_000  # An equal name before a longer one that only holds it.
_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Column:
    """A field a file may have a column for."""

    name: str
    words: str  # As our own template heads it; a message to translate.
    names: tuple[str, ...] = ()  # Other headings seen for it, folded.
    required: bool = False
    examples: tuple[str, ...] = ()  # Of the template's lines.


def names(listed: str) -> tuple[str, ...]:
    """Give the names of a list parted by "|"."""
    return tuple(listed.split("|"))


def guess(heading: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """Give for each field the column that fits best; a column serves one field, a field has one."""
    folded = [_plain(words) for words in heading]
    fits = [
        (score, -at, -place)
        for place, column in enumerate(columns)
        for at, words in enumerate(folded)
        if (score := _score(words, column)) > 0
    ]
    found: dict[str, int] = {}
    for _, at, place in sorted(fits, reverse=True):
        name = columns[-place].name
        if name not in found and -at not in found.values():
            found[name] = -at
    return found


def missing(chosen: Mapping[str, int], columns: Sequence[Column]) -> list[Column]:
    """The fields that must have a column and have none."""
    return [column for column in columns if column.required and column.name not in chosen]


def _score(words: tuple[str, str], column: Column) -> int:
    """How well a heading fits: equal, then the longest known name it holds as whole words."""
    whole, bare = words
    best = 0
    for name in (joined(column.name), joined(column.words), *column.names):
        if name in {whole, bare}:
            return EXACT + len(name)
        if f" {name} " in f" {bare} ":
            best = max(best, len(name))
    return best


def _plain(words: str) -> tuple[str, str]:
    """A heading folded, with and without what stands in brackets."""
    return joined(words), joined(_BRACKETED.sub(" ", words))


@lru_cache(maxsize=8_192)  # The same few words stand in a column again and again.
def joined(words: str) -> str:
    """Give words folded, one space between two, nothing else: how headings and cells compare."""
    return " ".join(_NO_WORD.sub(" ", fold(words)).split())
