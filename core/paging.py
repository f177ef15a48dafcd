"""Lists by pages: which page was asked for, and the addresses of the others."""

from collections.abc import Iterable
from urllib.parse import urlencode

from flask import request

from core.errors import NotFound

PAGE_DIGITS = 9  # More are past the end of any list.


def address(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """The path with those of the parameters that say something."""
    question = urlencode([(name, value) for name, value in pairs if value])
    return f"{path}?{question}" if question else path


def page_number(text: str) -> int | None:
    """The page asked for, from 1; None for what is no number."""
    if not text.isascii() or not text.isdigit() or int(text[: PAGE_DIGITS + 1]) < 1:
        return None
    return int(text[: PAGE_DIGITS + 1])


def asked_page(pages: int) -> int:
    """The page asked for, from 1.

    Raises:
        NotFound: beyond the last.
    """
    wanted = page_number(request.args.get("page", "1")) or 1
    if wanted > max(pages, 1):
        raise NotFound("beyond the last page")
    return wanted
