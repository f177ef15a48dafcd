"""What a cell of a sheet says, or which column it was that cannot be read. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from core.text.refusal import Unreadable

# How programs write a whole number: "85000.0". Three zeros would be thousands: "150.000".
_WHOLE = re.compile(r"([0-9]+)\.0{1,2}")

Value = TypeVar("Value")


def cell(texts: Mapping[str, str], column: str, read: Callable[[str], Value]) -> Value:
    """What a column says; a file may lack what it need not have.

    Raises:
        Unreadable: with the column.
    """
    try:
        return read(texts.get(column, ""))
    except Unreadable as refused:
        raise Unreadable(refused.code, **{**refused.values, "column": column}) from refused


def whole(text: str) -> str:
    """A whole number as a program wrote it ("85000.0") without its empty part; else as it is."""
    found = _WHOLE.fullmatch(text)
    return found[1] if found else text
