"""The order of the Vietnamese alphabet as a key that any database compares byte by byte."""

import unicodedata

from core.text.fold import normal
from core.text.syllable import TONES

# f, j, w and z are foreign letters; dictionaries put them where the Latin alphabet does.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"

# 33 letters from "A" on, in order; digits keep their place before them, foreign scripts after.
_PLACE = {letter: chr(ord("A") + at) for at, letter in enumerate(ALPHABET)}
_GAP = "!"  # Between words: before every digit and letter, so "ba na" comes before "bac".
_END = " "  # Before the tones, and before _GAP: the shorter name comes first.


def sort_key(text: str) -> str:
    """Give a key whose plain byte order is the order of the Vietnamese dictionary.

    Letters decide first; tones (none, huyền, hỏi, ngã, sắc, nặng) only between equal letters.
    Punctuation counts as a space.
    """
    letters: list[str] = []
    tones: list[str] = []
    for character in normal(text):
        place, tone = _placed(character)
        if place == _GAP and letters[-1:] in ([], [_GAP]):
            continue
        letters.append(place)
        tones.append(tone)
    return ("".join(letters).rstrip(_GAP) + _END + "".join(tones).rstrip("0")).rstrip(_END)


def _placed(character: str) -> tuple[str, str]:
    if not character.isalnum():
        return _GAP, "0"
    decomposed = unicodedata.normalize("NFD", character)
    tone = next((str(TONES.index(mark) + 1) for mark in decomposed if mark in TONES), "0")
    letter = unicodedata.normalize("NFC", "".join(m for m in decomposed if m not in TONES))
    base = decomposed[0]
    return _PLACE.get(letter) or _PLACE.get(base) or letter, tone
