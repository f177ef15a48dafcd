"""Words for an SMS: letters every phone shows, and no more of them than one SMS holds. Pure."""

import unicodedata

LONGEST = 160  # Letters of GSM 03.38 in one SMS; a longer one comes in pieces and costs twice.
# In GSM 03.38 these take two places or none: none of our sentences needs them.
_UNFIT = frozenset("[]{}^~|\\€`")
_WRITTEN = str.maketrans(
    {
        "đ": "d",
        "Đ": "D",
        "–": "-",
        "—": "-",
        "“": '"',
        "”": '"',
        "’": "'",
        "…": "...",
        "₫": "d",
        "•": "*",  # What is hidden of a number: without it "09•• ••• 321" would read "09 321".
    }
)


def sms_words(text: str) -> str:
    """`text` without diacritics, in letters an SMS holds: "Mã của bạn" → "Ma cua ban".

    What has no such letter (emoji, other scripts) is left out; it is asserted to fit one SMS.
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(_WRITTEN))
    plain = "".join(letter for letter in decomposed if _fits(letter))
    words = " ".join(plain.split())
    assert len(words) <= LONGEST, f"{len(words)} letters do not fit an SMS"
    return words


def sms_name(name: str, *, at_most: int = 30) -> str:
    """A person's or enterprise's name within an SMS: plain, and cut where it is long."""
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", name.translate(_WRITTEN))
        if _fits(letter)
    )
    return " ".join(plain.split())[:at_most].strip()


def _fits(letter: str) -> bool:
    return letter.isascii() and letter not in _UNFIT and (letter.isprintable() or letter.isspace())
