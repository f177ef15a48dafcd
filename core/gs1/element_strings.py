"""Elements as people read them, `(01)09521234543213(10)AB`, and as a scanner gives them."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from core.gs1 import errors
from core.gs1.elements import known, require_together, require_value
from core.gs1.identifiers import APPLICATION_IDENTIFIERS, Element

SEPARATOR: Final = "\x1d"  # What scanners send for FNC1 (General Specifications, 7.8.3).
_IDENTIFIER_LENGTHS: Final = (2, 3, 4)  # No identifier begins with another.
# A bracket that opens inside a value is marked by a backslash, which no value contains.
_BRACKETED: Final = re.compile(r"\(([0-9]{2,4})\)((?:[^(\\]|\\\()+)")


def bracketed(elements: Sequence[Element]) -> str:
    """Give the elements with their identifiers in brackets."""
    return "".join(f"({identifier})" + value.replace("(", r"\(") for identifier, value in elements)


def parse_bracketed(text: str) -> tuple[Element, ...]:
    r"""Read identifiers in brackets with their values; "(" of a value is written "\(".

    Raises:
        Malformed: no such text, a wrong value, or elements that do not go together.
    """
    found: list[Element] = []
    end = 0
    while end < len(text) or not found:
        part = _BRACKETED.match(text, end)
        if part is None:
            raise errors.MalformedElements
        found.append(Element(part[1], part[2].replace(r"\(", "(")))
        end = part.end()
    return _judged(found)


def element_string(elements: Sequence[Element], separator: str = SEPARATOR) -> str:
    """Give the elements as a code carries them: `separator` ends what has no fixed length."""
    text = "".join(
        identifier + value + ("" if known(identifier).fixed_length else separator)
        for identifier, value in elements
    )
    return text.removesuffix(separator)


def parse_element_string(text: str, separator: str = SEPARATOR) -> tuple[Element, ...]:
    """Read what a scanner gives, with or without the first FNC1.

    Raises:
        Malformed: no such text, a wrong value, or elements that do not go together.
    """
    return _judged(list(_split(text.removeprefix(separator), separator)))


def _split(text: str, separator: str) -> Iterator[Element]:
    while text:
        identifier = _leading(text)
        row = APPLICATION_IDENTIFIERS[identifier]
        value, _, _ = text.removeprefix(identifier).partition(separator)
        if row.fixed_length:
            value = value[: row.longest]
        yield Element(identifier, value)
        text = text[len(identifier) + len(value) :].removeprefix(separator)


def _leading(text: str) -> str:
    for length in _IDENTIFIER_LENGTHS:
        if text[:length] in APPLICATION_IDENTIFIERS:
            return text[:length]
    raise errors.UnknownIdentifier(text[:4])


def _judged(elements: list[Element]) -> tuple[Element, ...]:
    if not elements:
        raise errors.MalformedElements
    for element in elements:
        require_value(element)
    require_together(elements)
    return tuple(elements)
