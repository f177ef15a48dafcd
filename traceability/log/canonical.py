"""Canonical JSON (RFC 8785) of entries and proofs: objects of text, whole numbers and nothing else.

Numbers with a fraction are refused: no entry has one, and programs differ in how they write them.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from traceability.log.errors import LogRefusal

LARGEST_WHOLE = 2**53 - 1  # Beyond it readers in JavaScript round.
# Only with letters from here on do code points sort otherwise than RFC 8785's UTF-16 does.
_SORTED_OTHERWISE = re.compile("[\ue000-\U0010ffff]")
_BY_CODE_POINT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_AS_SORTED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def canonical_text(value: object) -> str:
    """The one text of a value made of dicts, lists, texts, whole numbers, booleans and None."""
    text = _BY_CODE_POINT.encode(value)
    return _AS_SORTED.encode(_sorted(value)) if _SORTED_OTHERWISE.search(text) else text


def canonical_object(text: str, refusal: Callable[[str], LogRefusal]) -> dict[str, Any]:
    """The object a canonical text says.

    Raises:
        LogRefusal: what `refusal` makes of it, where the text is not the canonical one of an
            object.
    """
    try:
        value = _DECODER.decode(text)
        same = canonical_text(value) == text
        text.encode()  # A lone surrogate is no Unicode.
    except (ValueError, RecursionError) as wrong:
        raise refusal("not JSON of texts and whole numbers") from wrong
    if not same or not isinstance(value, dict):
        raise refusal("not the canonical JSON of an object")
    return value


def _whole(digits: str) -> int:
    number = int(digits)
    if abs(number) > LARGEST_WHOLE:
        raise ValueError(digits)
    return number


def _refuse_number(text: str) -> None:
    raise ValueError(text)


_DECODER = json.JSONDecoder(
    parse_int=_whole, parse_float=_refuse_number, parse_constant=_refuse_number
)


def _sorted(value: object) -> object:
    """The value with all names of its objects in the order of their UTF-16."""
    if isinstance(value, list):
        return list(map(_sorted, value))
    if not isinstance(value, dict):
        return value
    names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    return {name: _sorted(value[name]) for name in names}
