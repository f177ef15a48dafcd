"""Codes kept on paper for the day the phone is lost: each opens once. Pure."""

HOW_MANY = 10
LENGTH = 12  # Crockford characters: 60 bits, and a keyed hash besides.
_GROUP = 4
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def written(code: str) -> str:
    """A code as it stands on paper: 4-4-4."""
    return "-".join(code[at : at + _GROUP] for at in range(0, LENGTH, _GROUP))


def typed_code(typed: str) -> str:
    """A code as typed or pasted: hyphens and spaces do not matter; O is 0, I and L are 1."""
    letters = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())
    return letters.translate(_MISREAD)
