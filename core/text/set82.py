"""Lot codes in GS1 character set 82, as application identifier 10 may carry them."""

import re
import unicodedata

from core.text.fold import visible
from core.text.refusal import Unreadable

MAX_LENGTH = 20  # GS1 General Specifications: AI 10 is X..20.

_SET_82 = r"!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z"
_OUTSIDE = re.compile(rf"[^{_SET_82}]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | {"đ": "d", "Đ": "D"})


def set82(text: str) -> str:
    """Give a lot code as GS1 can carry it, the same for the same text: "Lô 5" → "Lo-5".

    Diacritics go, case stays; a run of anything outside the set becomes one "-". Two codes can
    meet in one result, so whoever stores it keeps it unique.

    Raises:
        Unreadable: `lot_code_empty` when nothing is left (or only dots, which addresses swallow),
            `lot_code_too_long` (with `at_most`) beyond 20 characters.
    """
    plain = visible(text).strip().translate(_DASHES)
    decomposed = unicodedata.normalize("NFKD", plain)
    bare = "".join(mark for mark in decomposed if unicodedata.category(mark) != "Mn")
    code = bare if not _OUTSIDE.search(bare) else _OUTSIDE.sub("-", bare).strip("-")
    if not code.strip("."):
        raise Unreadable("lot_code_empty")
    if len(code) > MAX_LENGTH:
        raise Unreadable("lot_code_too_long", at_most=MAX_LENGTH)
    return code
