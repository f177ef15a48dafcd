"""Answering the page that shows two texts to choose from, as a browser would."""

import html
import re

_FIELD = re.compile(r'<input type="(hidden|radio)" name="([^"]+)" value="([^"]*)"( required)?>')


def offered(text: str) -> dict[str, list[str]]:
    """The choices of the page by field: what is kept, then what was typed."""
    found: dict[str, list[str]] = {}
    for kind, name, value, _ in _FIELD.findall(_form(text)):
        if kind == "radio":
            found.setdefault(name, []).append(html.unescape(value))
    return found


def chosen(text: str, *typed: str) -> dict[str, str]:
    """The form of the page, sent with what was typed for the fields `typed`, else what is kept."""
    sent: dict[str, str] = {}
    for kind, name, value, _ in _FIELD.findall(_form(text)):
        if kind == "hidden" and name not in {"csrf_token", "request_id", "for_enterprise"}:
            sent.setdefault(name, html.unescape(value))
    return sent | {name: offered(text)[name][1] for name in typed}


def _form(text: str) -> str:
    start = text.index("Nội dung vừa được đổi ở nơi khác")
    return text[start : text.index("</form>", start)]
