"""Addresses of public pages."""

from collections.abc import Iterable
from urllib.parse import urlencode

from flask import Response, redirect, request

PAGE_DIGITS = 9  # More are past the end of any list.


def moved(path: str) -> Response:
    """301 to the one address of a thing, the question (?lang=) kept."""
    question = request.query_string.decode("ascii", "ignore")
    response = redirect(f"{path}?{question}" if question else path, 301)
    assert isinstance(response, Response)
    return response


def address(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """The path with those of the parameters that say something."""
    question = urlencode([(name, value) for name, value in pairs if value])
    return f"{path}?{question}" if question else path


def page_number(text: str) -> int | None:
    """The page asked for, from 1; None for what is no number."""
    if not text.isascii() or not text.isdigit() or int(text[: PAGE_DIGITS + 1]) < 1:
        return None
    return int(text[: PAGE_DIGITS + 1])
