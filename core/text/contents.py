"""What a pack is said to hold, found among its words: "hộp 12 chiếc", "chai 0,5 lít"."""

import re

from core.text.amounts import Amount, amount, base_unit_of
from core.text.numbers import typed_line
from core.text.refusal import Unreadable

_NUMBER = r"[0-9](?:[0-9.,]*[0-9])?"
_TO = r"(?:đến|tới|hoặc|hay)\b"
_UNIT = rf"(?!{_TO})[^\W\d_]+"
_PART = re.compile(rf"(?P<number>{_NUMBER})(?: ?(?P<unit>{_UNIT}))?")
_NUMBERED = rf"{_NUMBER}(?: ?{_UNIT})?"
# What ties two numbers into one saying: "10 × 20 g", "500-600 g", "1/2 kg", "2 500 g".
_BETWEEN = rf"(?: ?(?:[×*/+~±–—-]|{_TO}) ?|(?<=[0-9]) )"
_SAYING = re.compile(rf"{_NUMBERED}(?:{_BETWEEN}{_NUMBERED})*")
_TIMES = re.compile(r"(?<=[0-9 ])x(?= ?[0-9])|(?<=[0-9])(?P<unit>[^\W\d_]{1,6}?) ?x(?= ?[0-9])")
_FOR_EACH = re.compile(r" ?/ ?(?P<unit>[^\W\d_]+)")
_ONE = Amount(1, "piece")  # "1 hộp 500 g": the box itself, when it also says what is in it.


def content_in(words: str) -> Amount:
    """Give the one amount that a pack's words say it holds.

    Raises:
        Unreadable: `content_unsaid` where no number stands with a unit; `content_several` where
            they may mean different contents ("hộp 10 gói x 20g"); else as `amount`.
    """
    line = _TIMES.sub(lambda times: f"{times['unit'] or ''} × ", typed_line(words))
    found: set[Amount] = set()
    for saying in _SAYING.finditer(" ".join(line.split())):
        found |= _said_in(saying, words)
    if len(found) > 1:
        found.discard(_ONE)
    if not found:
        raise Unreadable("content_unsaid", text=words)
    if len(found) > 1:
        raise Unreadable("content_several", text=words)
    return found.pop()


def _said_in(saying: re.Match[str], words: str) -> set[Amount]:
    """The amounts of numbers that belong together; none where they say degrees or lengths."""
    parts = [(part["number"], part["unit"] or "") for part in _PART.finditer(saying[0])]
    known = [(number, unit) for number, unit in parts if base_unit_of(unit)]
    if not known:
        return set()
    rest = saying.string[saying.end() :]
    each = _FOR_EACH.match(rest)
    is_rate = each is not None and base_unit_of(each["unit"]) in {"g", "ml"}  # "5 con/kg"
    if len(known) < len(parts) or is_rate or rest[:1].isdigit():  # "1kg2"
        raise Unreadable("content_several", text=words)
    return {amount(f"{number} {unit}") for number, unit in known}
