"""Passwords, hashed with argon2id at OWASP's minimum."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.turns import Turns

# OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane (58 ms).
_HASHER = PasswordHasher(memory_cost=19_456, time_cost=2, parallelism=1)
# Verified for people who do not exist, so that they take the time of those who do.
_NOBODYS = (
    "$argon2id$v=19$m=19456,t=2,p=1$Wqpa4h4H1dkkIeJf9OrB5w"
    "$1yXjxMG2nW7q5ph6JXoyVB6fgjgi6pYDrBNtST97A5I"
)
# A hash at a time: twenty at once would need 400 MB and stop every page of the process.
_TURNS = Turns("too many passwords are being hashed")


def hash_of(password: str) -> str:
    """What is stored of a password. Takes some 60 ms: never inside a transaction."""
    with _TURNS:
        return _HASHER.hash(_composed(password))


def is_right(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one; as slow for nobody (None) as for anybody."""
    with _TURNS:
        try:
            matches = _HASHER.verify(stored or _NOBODYS, _composed(password))
        except (VerificationError, InvalidHashError):
            return False
    return matches and stored is not None


def _composed(password: str) -> str:
    # The same letters arrive composed from one keyboard and decomposed from another.
    return unicodedata.normalize("NFC", password)
