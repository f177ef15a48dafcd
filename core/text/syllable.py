"""One written form for each Vietnamese syllable: where its tone mark stands.

The old placement is the canonical one ("hòa", "thúy", "khỏe"): it is what most keyboards write.
"""

import re
import unicodedata
from functools import lru_cache

GRAVE, HOOK, TILDE, ACUTE, DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
TONES = GRAVE + HOOK + TILDE + ACUTE + DOT  # Dictionary order, after the unmarked syllable.

# "qu" before a vowel and "gi" before a vowel are consonants: "quý" and "già" keep their tone.
# "k" ends syllables of the Central Highlands only: "Đắk Lắk".
_SYLLABLE = re.compile(
    r"(?P<initial>qu(?=[aăâeêioôơy])|gi(?=[aăâeêoôơuưy])"
    r"|ngh|ch|gh|kh|ng|nh|ph|th|tr|kr|[bcdđghklmnprstvx]|)"
    r"(?P<vowels>[aăâeêioôơuưy]{1,3})"
    r"(?P<final>ch|ng|nh|[ckmnpt]|)"
)
_MARKED_VOWELS = "ăâêôơư"
_KEPT_WORDS = 8_192  # More than Vietnamese has syllables; every name repeats them.


@lru_cache(maxsize=_KEPT_WORDS)
def one_placement(word: str) -> str:
    """Give the lower-case NFC `word` with its tone mark at the canonical vowel.

    A word that is no Vietnamese syllable with exactly one tone comes back as it was.
    """
    bare, tone = split_tone(word)
    if len(tone) != 1:
        return word
    syllable = _SYLLABLE.fullmatch(bare)
    if syllable is None:
        return word
    at = syllable.start("vowels") + _tone_vowel(syllable["vowels"], syllable["final"])
    return unicodedata.normalize("NFC", bare[: at + 1] + tone + bare[at + 1 :])


def split_tone(word: str) -> tuple[str, str]:
    """Give `word` without tone marks (NFC), and the tone marks it had, in order."""
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in decomposed if mark in TONES)
    bare = "".join(mark for mark in decomposed if mark not in TONES)
    return unicodedata.normalize("NFC", bare), tones


def is_syllable(word: str) -> bool:
    """Tell whether `word` could be a Vietnamese syllable: its parts, and a tone its end bears."""
    bare, tone = split_tone(word)
    syllable = _SYLLABLE.fullmatch(bare)
    if syllable is None or len(tone) > 1:
        return False
    # A syllable closed by a stop is spoken with sắc or nặng alone; unmarked it is "Đăk", "Lăk".
    stopped = syllable["final"] in {"c", "ch", "k", "p", "t"}
    return not (stopped and tone and tone not in ACUTE + DOT)


def _tone_vowel(vowels: str, final: str) -> int:
    marked = [at for at, vowel in enumerate(vowels) if vowel in _MARKED_VOWELS]
    if marked:
        return marked[-1]
    if final:
        return len(vowels) - 1
    return 1 if len(vowels) == 3 else 0  # noqa: PLR2004 - "ngoài", "khuỷu": the middle of three.
