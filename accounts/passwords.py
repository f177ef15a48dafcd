"""Passwords, hashed with argon2id at OWASP's minimum."""

import unicodedata
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.errors import Busy

# OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane (58 ms).
_HASHER = PasswordHasher(memory_cost=19_456, time_cost=2, parallelism=1)
# Verified for people who do not exist, so that they take the time of those who do.
_NOBODYS = (
    "$argon2id$v=19$m=19456,t=2,p=1$Wqpa4h4H1dkkIeJf9OrB5w"
    "$1yXjxMG2nW7q5ph6JXoyVB6fgjgi6pYDrBNtST97A5I"
)
# A hash at a time: twenty at once would need 400 MB and stop every page of the process.
_ONE_AT_A_TIME = Lock()
LONGEST_WAIT_SECONDS = 5.0


def hash_of(password: str) -> str:
    """What is stored of a password. Takes some 60 ms: never inside a transaction."""
    with _Turn():
        return _HASHER.hash(_composed(password))


def is_right(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one; as slow for nobody (None) as for anybody."""
    with _Turn():
        try:
            matches = _HASHER.verify(stored or _NOBODYS, _composed(password))
        except (VerificationError, InvalidHashError):
            return False
    return matches and stored is not None


class _Turn:
    def __enter__(self) -> None:
        if not _ONE_AT_A_TIME.acquire(timeout=LONGEST_WAIT_SECONDS):
            raise Busy("too many passwords are being hashed")

    def __exit__(self, *_error: object) -> None:
        _ONE_AT_A_TIME.release()


def _composed(password: str) -> str:
    # The same letters arrive composed from one keyboard and decomposed from another.
    return unicodedata.normalize("NFC", password)
