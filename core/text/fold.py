"""Vietnamese text for comparing and addresses: never for showing or keeping."""

import re
import unicodedata

from core.text.syllable import one_placement

SLUG_LENGTH = 80  # Longer addresses are cut off by chat applications.

_WORD = re.compile(r"[^\W_]+")
_SLUG_WORD = re.compile(r"[a-z0-9]+")
# Control, format (bidi, zero width), surrogate, private and unassigned characters say nothing.
_SILENT = {"Cc", "Cf", "Cs", "Co", "Cn"}
_LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_BARE = str.maketrans(_LETTERS, "a" * 17 + "e" * 11 + "i" * 5 + "o" * 17 + "u" * 11 + "y" * 5 + "d")


def normal(text: str) -> str:
    """Give `text` in lower case, composed, with one tone placement and single spaces.

    Compatibility forms become plain ones (NFKC: "ｋｇ" → "kg", "m²" → "m2"); control, bidirectional
    and zero-width characters go.
    """
    placed = _WORD.sub(lambda word: one_placement(word[0]), _composed(text))
    return " ".join(placed.split())


def fold(text: str) -> str:
    """Give the normal form without diacritics, with "đ" as "d": "Đắk Lắk" → "dak lak".

    Unicode does not decompose "đ", so it is replaced by hand.
    """
    simple = text.lower().translate(_BARE)
    if simple.isascii() and simple.isprintable():  # So is nearly every Vietnamese text as typed.
        return " ".join(simple.split())
    decomposed = unicodedata.normalize("NFKD", _composed(text))  # Wherever its tones stand.
    bare = "".join(mark for mark in decomposed if unicodedata.category(mark) != "Mn")
    plain = bare.replace("đ", "d")
    return " ".join(plain.split()) if plain.isascii() else normal(plain)


def _composed(text: str) -> str:
    lowered = unicodedata.normalize("NFKC", visible(text)).lower()
    return unicodedata.normalize("NFKC", visible(lowered))


def words(text: str) -> tuple[str, ...]:
    """Give the words of the normal form in order: runs of letters and digits ("38", "m2")."""
    return tuple(_WORD.findall(normal(text)))


def fold_words(text: str) -> tuple[str, ...]:
    """Give the words of the folded form in order."""
    return tuple(_WORD.findall(fold(text)))


def slug(text: str) -> str:
    """Give `text` for an address: ASCII words joined by "-", at most SLUG_LENGTH characters.

    Empty when nothing of `text` can be written so; the caller's key then stands alone.
    """
    short = ""
    for word in _SLUG_WORD.findall(fold(text)):
        longer = f"{short}-{word}" if short else word[:SLUG_LENGTH]
        if len(longer) > SLUG_LENGTH:
            break
        short = longer
    return short


def visible(text: str) -> str:
    """Give `text` without characters that say nothing; line breaks and tabs become spaces."""
    if text.isprintable():  # Also: no white space but the plain one.
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in _SILENT else character
