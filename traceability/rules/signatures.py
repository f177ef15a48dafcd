"""A stamp's own signature: what is signed, and its 155 digits in a square code.

Ed25519 over `goc-stamp-v1`, a line feed and the canonical address without query (docs/adr/0018).
Digits, because a square code holds three of them in ten bits; 64 bytes are 512 bits, and the
largest number of 512 bits has 155 digits.
"""

import re
from typing import Final
from urllib.parse import urlsplit

from core import gs1

STAMP_MESSAGE: Final = b"goc-stamp-v1\n"
SIGNATURE_BYTES: Final = 64
SIGNATURE_DIGITS: Final = 155
SIGNATURE_QUERY: Final = "?s="  # What stands between the address and the digits.
_DIGITS: Final = re.compile(rf"[0-9]{{{SIGNATURE_DIGITS}}}")


def canonical_address(base_url: str, gtin14: str | None, serial_text: str) -> str:
    """Give the one address of a stamp that its signature is over.

    With a GTIN it is GS1's canonical form, whatever site printed it; without one our own path under
    scheme and host in lower case.
    """
    if gtin14 is not None:
        return gs1.build([("01", gtin14), ("21", serial_text)])
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}".lower() + f"/s/{serial_text}"


def signed_message(base_url: str, gtin14: str | None, serial_text: str) -> bytes:
    """Give the bytes that a stamping key signs."""
    return STAMP_MESSAGE + canonical_address(base_url, gtin14, serial_text).encode("ascii")


def signature_digits(signature: bytes) -> str:
    """Write 64 bytes as 155 decimal digits: one number, the first byte the highest."""
    assert len(signature) == SIGNATURE_BYTES, len(signature)
    return f"{int.from_bytes(signature, 'big'):0{SIGNATURE_DIGITS}d}"


def is_like_signature(text: str) -> bool:
    """Whether these are 155 digits; what has another length was never meant as a signature."""
    return _DIGITS.fullmatch(text) is not None


def signature_bytes(digits: str) -> bytes | None:
    """Read 155 decimal digits; None where they are none, or say more than 64 bytes."""
    if not is_like_signature(digits):
        return None
    number = int(digits)
    if number >> 8 * SIGNATURE_BYTES:
        return None
    return number.to_bytes(SIGNATURE_BYTES, "big")
