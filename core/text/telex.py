"""Words typed in Telex or VNI while the Vietnamese keyboard was off: "caf phee" → "cà phê"."""

import re
import unicodedata

from core.text.syllable import ACUTE, DOT, GRAVE, HOOK, TILDE, is_syllable, one_placement

LONGEST = 12  # "nghieengs" has 9 keys; nothing longer is one syllable.

_TYPED = re.compile(rf"[a-z0-9]{{2,{LONGEST}}}")
_TONE = {"f": GRAVE, "r": HOOK, "x": TILDE, "s": ACUTE, "j": DOT} | {
    "2": GRAVE, "3": HOOK, "4": TILDE, "1": ACUTE, "5": DOT,
}  # fmt: skip
_CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"o": "ơ", "u": "ư"}
_BREVE = {"a": "ă"}
_SHAPE = {"w": _HORN | _BREVE, "6": _CIRCUMFLEX, "7": _HORN, "8": _BREVE}
_VOWELS = frozenset("aăâeêioôơuưy")


def untelex(word: str) -> str | None:
    """Give the Vietnamese syllable that the keys of `word` spell, or None.

    A candidate beside the word as typed, never instead of it: "mix" could be "mĩ". None when no
    key changes anything or when the result is no Vietnamese syllable.
    """
    keys = word.lower()
    if not _TYPED.fullmatch(keys):
        return None
    letters: list[str] = []
    tone = ""
    for key in keys:
        if key in _TONE and not tone and not _VOWELS.isdisjoint(letters):
            tone = _TONE[key]
        elif not _reshape(letters, key):
            letters.append(key)
    spelled = _with_tone(_paired("".join(letters)), tone)
    return spelled if spelled != keys and is_syllable(spelled) else None


def _reshape(letters: list[str], key: str) -> bool:
    """Change the letter that `key` modifies; False when `key` is a letter of its own."""
    if key in {"d", "9"} and letters[:1] == ["d"]:
        letters[0] = "đ"
        return True
    if key in _CIRCUMFLEX:
        # Only beside its vowel: "vietej" is rare, "maca" and "nano" are words.
        return letters[-1:] == [key] and _replace_last(letters, {key: _CIRCUMFLEX[key]})
    if key == "w" and _VOWELS.isdisjoint(letters):
        letters.append("ư")
        return True
    return _replace_last(letters, _SHAPE.get(key, {}))


def _replace_last(letters: list[str], shapes: dict[str, str]) -> bool:
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] in shapes:
            letters[at] = shapes[letters[at]]
            return True
    return False


def _paired(letters: str) -> str:
    """Give both vowels of a pair their shape, as keyboards do: "nuơc" → "nươc", "suă" → "sưa"."""
    both = re.sub("uơ|ưo", "ươ", letters)
    open_ended = re.sub("ươ$", "uơ", both)  # "thuở": the open syllable marks the second alone.
    return re.sub("(?<!q)uă$", "ưa", open_ended)


def _with_tone(letters: str, tone: str) -> str:
    """Put the tone on some vowel, then let the one placement move it where it belongs."""
    at = next((at for at, letter in enumerate(letters) if letter in _VOWELS), None)
    if at is None or not tone:
        return letters
    at += letters[:2] in {"qu", "gi"} and letters[2:3] in _VOWELS
    return one_placement(
        unicodedata.normalize("NFC", letters[: at + 1] + tone + letters[at + 1 :]),
    )
