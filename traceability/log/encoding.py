"""How the log's formats write bytes and numbers: one way each, every other refused.

Go's decoder overlooks spare bits at the end of base64; were we as lenient, a file could be
changed without anybody noticing.
"""

import base64
import binascii
from collections.abc import Callable

from traceability.log.errors import LogRefusal

LARGEST = 2**63 - 1  # Sizes and indices are signed 64-bit numbers in the tools that read us.


def base64_text(raw: bytes) -> str:
    """Bytes in the standard alphabet with padding (RFC 4648, section 4)."""
    return base64.b64encode(raw).decode("ascii")


def base64_bytes(text: str, refusal: Callable[[str], LogRefusal]) -> bytes:
    """The bytes of a base64 text.

    Raises:
        LogRefusal: what `refusal` makes of it, where the text is not exactly how they are written.
    """
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as wrong:
        raise refusal("not base64") from wrong
    if base64_text(raw) != text:
        raise refusal("not the one way to write these bytes in base64")
    return raw


def decimal_number(text: str, refusal: Callable[[str], LogRefusal]) -> int:
    """The number an ASCII decimal without leading zeros says.

    Raises:
        LogRefusal: what `refusal` makes of it, where the text is no such number.
    """
    digits = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST))
    if not digits or str(int(text)) != text or int(text) > LARGEST:
        raise refusal("not a decimal number without leading zeros")
    return int(text)
