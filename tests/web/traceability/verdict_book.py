"""The sentences of docs/verdicts.md as patterns: data in braces may be anything."""

import re
from pathlib import Path

BOOK = Path(__file__).parents[3] / "docs" / "verdicts.md"


def book() -> str:
    """The whole book, spaces made one."""
    return _plain(BOOK.read_text(encoding="utf-8"))


def says(sentence: str) -> re.Pattern[str]:
    """`sentence` of the book as a pattern. It must stand there to the letter."""
    assert _plain(sentence) in book(), f"not in verdicts.md: {sentence}"
    parts = re.split(r"\{[^}]*\}", _plain(sentence))
    return re.compile(".{1,80}?".join(map(re.escape, parts)))


def page_words(html: str) -> str:
    """What a reader reads: tags gone, spaces of every kind made one."""
    return _plain(re.sub(r"<[^>]+>", " ", html).replace("&#39;", "'").replace("&#34;", '"'))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace(" ", " "))
