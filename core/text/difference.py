"""What changed between two texts, word by word: for reading side by side. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """A run of words that both texts share, or that one of them says alone."""

    text: str
    is_changed: bool


@dataclass(frozen=True)
class Change:
    """Words before and after, in pieces that stayed or changed, under what they are called."""

    label: str
    before: list[Piece]
    after: list[Piece]


def changes(pairs: Iterable[tuple[str, str, str]]) -> list[Change]:
    """Of (label, before, after) those that differ, to be read side by side."""
    return [
        Change(label, *difference(before, after))
        for label, before, after in pairs
        if before != after
    ]


def difference(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """The two texts in pieces; put together again each is what it was."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    earlier: list[Piece] = []
    later: list[Piece] = []
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(
        a=old, b=new, autojunk=False
    ).get_opcodes():
        is_changed = kind != "equal"
        earlier += _pieces(old[old_from:old_to], is_changed=is_changed)
        later += _pieces(new[new_from:new_to], is_changed=is_changed)
    return earlier, later


def _pieces(words: list[str], *, is_changed: bool) -> list[Piece]:
    return [Piece("".join(words), is_changed)] if words else []
