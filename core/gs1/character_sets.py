"""The characters GS1's values are written in (General Specifications, 7.11)."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# In the order of their weights in the check character pair.
CHARACTER_SET_82: Final = (
    "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
)
CHARACTER_SET_39: Final = "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Of the 64 only the letters: "=" fills up at the end, see `_filled_up`.
CHARACTER_SET_64: Final = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
_MOST_FILLERS: Final = 2


def _any_of(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(characters)}]*")


# By the letters of GS1's Barcode Syntax Dictionary.
_SETS: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "N": _any_of("0123456789"),
        "X": _any_of(CHARACTER_SET_82),
        "Y": _any_of(CHARACTER_SET_39),
        "Z": _any_of(CHARACTER_SET_64),
    }
)


def is_written_in(text: str, character_set: str) -> bool:
    """Say whether the text keeps to a set, named by the dictionary's letter: N, X, Y or Z."""
    if character_set == "Z":
        return _filled_up(text)
    return _SETS[character_set].fullmatch(text) is not None


def _filled_up(text: str) -> bool:
    """Fillers are optional; where they stand, they fill up to a multiple of three characters.

    So the dictionary checks it, though base64 counts by four.
    """
    letters = text.rstrip("=")
    fillers = len(text) - len(letters)
    fits = not fillers or (fillers <= _MOST_FILLERS and len(text) % 3 == 0)
    return fits and _SETS["Z"].fullmatch(letters) is not None
