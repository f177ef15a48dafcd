"""Both languages are complete: Vietnamese is what code says, English is in the .po files."""

import re
from io import BytesIO

from babel.messages.extract import extract
from babel.messages.pofile import read_po

from tests.unit.house.source import PACKAGES, ROOT, tracked

KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "sentence": None, "N_": None}
PLACES = re.compile(r"%\((\w+)\)")
# Vietnamese that belongs in an English sentence: our name, a printed line, words explained.
KEPT = re.compile(r"Gốc|[“\"][^”\"]*[”\"]|\([^)]*\)|Việt Nam|OCOP|Mẫu –|₫|đ\b|đồng|xã|Bạn")
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")


def said() -> dict[str, str]:
    """Every sentence of code and templates, with a place where it stands."""
    found: dict[str, str] = {}
    for name in tracked():
        for line, message in _extracted(name):
            words = message if isinstance(message, str) else message[0]
            found.setdefault(words, f"{name}:{line}")
    return found


def english() -> dict[str, str]:
    """Every sentence of the .po files with its English."""
    found: dict[str, str] = {}
    for name in tracked():
        if name.startswith("translations/en/"):
            catalog = read_po(BytesIO((ROOT / name).read_bytes()), locale="en")
            for message in catalog:
                key = message.id if isinstance(message.id, str) else message.id[0]
                if key:
                    strings = message.string or ""
                    text = strings if isinstance(strings, str) else strings[0]
                    found[key] = text
    return found


def test_every_sentence_has_its_english() -> None:
    known = english()

    missing = [f"{place}: {words}" for words, place in said().items() if not known.get(words)]

    assert missing == []


def test_no_english_is_left_of_a_sentence_that_is_gone() -> None:
    assert sorted(set(english()) - set(said())) == []


def test_english_speaks_of_the_same_values() -> None:
    wrong = [
        words
        for words, text in english().items()
        if not set(PLACES.findall(text)) <= set(PLACES.findall(words))
    ]

    assert wrong == []


def test_english_is_english() -> None:
    assert [text for text in english().values() if VIETNAMESE.search(KEPT.sub("", text))] == []


def _extracted(name: str) -> list[tuple[int, str | tuple[str, ...]]]:
    if name.endswith(".py") and name.split("/", maxsplit=1)[0] in PACKAGES:
        method = "python"
    elif name.startswith("templates/") and name.endswith(".html"):
        method = "jinja2.ext:babel_extract"
    else:
        return []
    content = BytesIO((ROOT / name).read_bytes())
    options = {"encoding": "utf-8", "newstyle_gettext": "true"}
    return [
        (line, message)
        for line, message, _comments, _context in extract(
            method, content, keywords=KEYWORDS, options=options
        )
    ]
