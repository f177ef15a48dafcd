"""The only place that draws randomness."""

import secrets
from collections.abc import Callable

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U.
PUBLIC_ID_LENGTH = 10  # 50 bits: ids outside are never the database's.
SLUG_KEY_LENGTH = 6  # What a slug ends with: the first letters of the public id.
TOKEN_LENGTH = 26  # 130 bits: whoever holds it may see what it opens.

Draw = Callable[[], str]  # What hands out a new id; tests hand in their own.


def random_bytes(count: int) -> bytes:
    """`count` bytes nobody can foresee."""
    return secrets.token_bytes(count)


def crockford(length: int) -> str:
    """`length` random Crockford characters, five bits each."""
    bits = int.from_bytes(
        random_bytes(length), "big"
    )  # Eight bits for each five: more than enough.
    return "".join(CROCKFORD[bits >> 5 * place & 31] for place in range(length))


def public_id() -> str:
    """A new id for the outside world."""
    return crockford(PUBLIC_ID_LENGTH)


def token() -> str:
    """A new secret that fits in an address."""
    return crockford(TOKEN_LENGTH)


def digits(count: int) -> str:
    """A number of `count` digits nobody can foresee, its zeros kept: for people to type."""
    return f"{secrets.randbelow(10**count):0{count}}"
