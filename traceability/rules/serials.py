"""Serials: 60 random bits as 12 Crockford characters, then Crockford's mod-37 check symbol.

Stored as an integer; the check symbol is derived and never stored.
"""

import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from traceability.errors import MalformedSerial

RandomBytes = Callable[[int], bytes]  # `core.ids` hands in the system's source.

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's 32: no I, L, O, U.
SERIAL_BITS: Final = 60
SERIAL_LENGTH: Final = 13  # Twelve characters and the check symbol.
_CHECK_MODULUS: Final = 37  # Crockford's: the symbols past 31 (* ~ $ = U) are never drawn.
_BYTES_A_DRAW: Final = 8
_GROUP_ENDS: Final = (4, 8)  # Printed 4-4-5.
_VALUES: Final = {letter: value for value, letter in enumerate(ALPHABET)}
_READ_AS: Final = str.maketrans("OIL", "011")  # Crockford's: what looks alike is alike.


def parse_serial(text: str) -> int:
    """Give the serial that was written: any case, no spaces or hyphens, o is 0, i and l are 1.

    Raises:
        MalformedSerial: wrong length, a letter outside the alphabet, or a wrong check symbol.
    """
    letters = plain_letters(text)
    if len(letters) != SERIAL_LENGTH:
        raise MalformedSerial(f"{len(letters)} characters, not {SERIAL_LENGTH}")
    if not set(letters) <= set(ALPHABET):
        raise MalformedSerial("a letter outside Crockford's alphabet")
    *values, check = (_VALUES[letter] for letter in letters)
    serial = 0
    for value in values:
        serial = serial * len(ALPHABET) + value
    if serial % _CHECK_MODULUS != check:
        raise MalformedSerial("the check symbol does not fit")
    return serial


def plain_letters(text: str) -> str:
    """Give what was written as capitals without gaps, o as 0, i and l as 1.

    A letter outside the alphabet stays as it is, for whoever asks to refuse.
    """
    return "".join(letter for letter in text.upper() if not _is_gap(letter)).translate(_READ_AS)


def serial_text(serial: int) -> str:
    """Give the 13 characters of a serial, as addresses and codes carry them."""
    assert is_drawable(serial), serial
    digits = (ALPHABET[(serial >> shift) & 31] for shift in range(SERIAL_BITS - 5, -1, -5))
    return "".join(digits) + ALPHABET[serial % _CHECK_MODULUS]


def grouped(text: str) -> str:
    """Give the 13 characters as people read them: 4-4-5, parted by spaces."""
    first, second = _GROUP_ENDS
    return f"{text[:first]} {text[first:second]} {text[second:]}"


def is_drawable(serial: int) -> bool:
    """Say whether the integer is a serial: 60 bits, its check symbol one of the 32 letters."""
    return 0 <= serial < 1 << SERIAL_BITS and serial % _CHECK_MODULUS < len(ALPHABET)


def serial_span(first: int, count: int, *, of: int) -> range:
    """The span of all serials from which those of a batch with these ordinals are drawn.

    A batch `of` so many takes an equal share of all serials for each of its stamps, in order: a
    piece of it is written side by side and not all over the table. See docs/adr/0022.
    """
    whole = 1 << SERIAL_BITS
    return range(whole * (first - 1) // of, whole * (first - 1 + count) // of)


def draw_serials(
    count: int, random_bytes: RandomBytes, span: range = range(1 << SERIAL_BITS)
) -> list[int]:
    """Draw `count` different serials of a span, ascending: rows go in fast, a label is found.

    A draw beyond the span or whose check symbol is no letter is thrown away. The order tells
    nothing: a batch never shows its ordinals.
    """
    import numpy as np  # noqa: PLC0415 -- heavy: only who issues stamps pays for it.

    assert len(span) > 2 * count, span
    spare = np.uint64(8 * _BYTES_A_DRAW - (len(span) - 1).bit_length())
    drawn = np.empty(0, dtype=np.uint64)
    while len(drawn) < count:
        missing = count - len(drawn)
        words = np.frombuffer(random_bytes(_BYTES_A_DRAW * _asked(missing)), dtype=">u8")
        steps = words.astype(np.uint64) >> spare
        serials = steps[steps < len(span)] + np.uint64(span.start)
        fit = serials[serials % np.uint64(_CHECK_MODULUS) < len(ALPHABET)]
        drawn = np.unique(np.concatenate([drawn, fit[:missing]]))
    serials_drawn: list[int] = drawn.tolist()
    return serials_drawn


def _asked(missing: int) -> int:
    """How many draws to ask for: at worst 43 in 100 fit (a span just above a power of two)."""
    return missing * 5 // 2


def serial_texts(serials: Sequence[int]) -> list[str]:
    """Give the 13 characters of many serials at once."""
    import numpy as np  # noqa: PLC0415 -- heavy: only who prints stamps pays for it.

    letters = np.frombuffer(ALPHABET.encode(), dtype=np.uint8)
    numbers = np.array(serials, dtype=np.uint64).reshape(-1, 1)
    shifts = np.arange(SERIAL_BITS - 5, -1, -5, dtype=np.uint64)
    digits = (numbers >> shifts) & np.uint64(31)
    checks = numbers % np.uint64(_CHECK_MODULUS)
    codes = letters[np.hstack([digits, checks]).astype(np.intp)]
    texts = codes.tobytes().decode("ascii")
    return [texts[at : at + SERIAL_LENGTH] for at in range(0, len(texts), SERIAL_LENGTH)]


def _is_gap(letter: str) -> bool:
    """A space or a hyphen of any kind: pages write U+2011, phones paste no-break spaces."""
    return letter.isspace() or unicodedata.category(letter) in {"Pd", "Cf"}
