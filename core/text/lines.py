"""Words people type, kept as typed but for what no reader can see."""

import unicodedata

from core.text.fold import visible
from core.text.refusal import Unreadable

_LINE_BREAKS = str.maketrans({"\u2028": "\n", "\u2029": "\n\n", "\x0b": "\n", "\x0c": "\n\n"})


def one_line(text: str, *, at_most: int, at_least: int = 1) -> str:
    """Give `text` as one composed line without invisible characters or double spaces.

    Raises:
        Unreadable: `empty`; `too_short` (with `at_least`); `too_long` (with `at_most`).
    """
    return _bounded(_one_line(text[: _looked_at(at_most)]), text, at_least, at_most)


def many_lines(text: str, *, at_most: int, at_least: int = 1) -> str:
    """Give `text` in composed lines ended by line feeds, at most one empty line between two.

    Raises:
        Unreadable: as `one_line`.
    """
    looked_at = text[: _looked_at(at_most)].translate(_LINE_BREAKS)
    lines: list[str] = []
    for line in looked_at.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        shown = _one_line(line)
        if shown or (lines and lines[-1]):
            lines.append(shown)
    return _bounded("\n".join(lines).strip("\n"), text, at_least, at_most)


def _one_line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(visible(text).split()))


def _looked_at(at_most: int) -> int:
    """Enough for decomposed letters (three characters each) and line ends; work stays bounded."""
    return 4 * at_most + 1


def _bounded(line: str, typed: str, at_least: int, at_most: int) -> str:
    if not line and at_least:
        raise Unreadable("empty")
    if len(line) < at_least:
        raise Unreadable("too_short", at_least=at_least)
    if len(line) > at_most or len(typed) > _looked_at(at_most):
        raise Unreadable("too_long", at_most=at_most)
    return line
