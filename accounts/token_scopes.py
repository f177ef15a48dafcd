"""What a key for a program may open: kinds of things, to read or to write. Pure."""

from enum import StrEnum


class TokenScope(StrEnum):
    """One thing a token may do; the words are the API's and never change."""

    READ_PRODUCTS = "products:read"
    WRITE_PRODUCTS = "products:write"
    READ_LOTS = "lots:read"
    WRITE_LOTS = "lots:write"
    READ_STAMPS = "stamps:read"
    WRITE_STAMPS = "stamps:write"
    READ_ENTERPRISE = "enterprise:read"
    WRITE_ENTERPRISE = "enterprise:write"
    READ_MEMBERS = "members:read"
    WRITE_MEMBERS = "members:write"


KINDS = ("products", "lots", "stamps", "enterprise", "members")
READ, WRITE = "read", "write"


def scopes_of(kind: str, level: str) -> list[TokenScope]:
    """The scopes of a kind up to a level: who writes reads too; "" opens nothing."""
    levels = {"": (), READ: (READ,), WRITE: (READ, WRITE)}[level]
    return [TokenScope(f"{kind}:{one}") for one in levels]
