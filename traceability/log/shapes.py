"""Entries read a million at a time: whoever has read one knows how its like must be written.

From an entry read as JSON a pattern is made: the same names in the same order, any value of the
same kind. What fits a pattern is canonical JSON as that entry was, and is not read as JSON again.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from traceability.log.entries import read_batch, read_entry
from traceability.log.errors import EntryRefused

MOST_SHAPES = 32  # A dozen kinds, some with fields left out; beyond it entries are read as JSON.
_TEXT = rb'"[^"]*+"'  # Where `_ESCAPED` are absent: an entry with some is read as JSON.
_ESCAPED = bytes(range(0x20)) + b"\\"
_NUMBER = rb"(?:0|-?[1-9]\d{0,14}+)"
_COUNT = rb"(?P<count>[1-9]\d{0,14}+)"
_ROOT = rb'"[0-9a-f]{64}"'
_AT = rb'"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"'


Summary = tuple[str, int]  # What an audit counts of an entry: its kind, the stamps of a batch.


class EntryReader:
    """Checks and sums up entries, remembering the shapes of those it met."""

    def __init__(self) -> None:
        self._shapes: list[tuple[re.Pattern[bytes], str]] = []

    def read_all(self, entries: Sequence[bytes]) -> list[Summary]:
        """What each entry adds up to.

        Raises:
            EntryRefused: one is not what entries are; the text begins with its place here.
        """
        found, together = list[Summary](), b"".join(entries)
        # One look at all of them: none is escaped in most bundles.
        is_plain = len(together.translate(None, _ESCAPED)) == len(together)
        try:
            for raw in entries:
                may_fit = is_plain or raw.translate(None, _ESCAPED) == raw
                found.append((may_fit and self._fitting(raw)) or self._new(raw))
        except EntryRefused as wrong:
            raise EntryRefused(f"{len(found)}: {wrong}") from wrong
        try:  # Each that fits a shape begins and ends with ASCII, so all together are UTF-8 or not.
            together.decode()
        except UnicodeDecodeError as wrong:
            raise EntryRefused("0: not UTF-8, here or later") from wrong
        return found

    def _fitting(self, raw: bytes) -> Summary | None:
        for shape, kind in self._shapes:
            match = shape.fullmatch(raw)
            if match is not None:
                return kind, int(match["count"]) if kind == "batch" else 0
        return None

    def _new(self, raw: bytes) -> Summary:
        fields = read_entry(raw)
        kind = fields["kind"]
        count = read_batch(raw).count if kind == "batch" else 0  # One below 1 would hide others.
        if len(self._shapes) < MOST_SHAPES:
            shape = _shape_of(fields)
            if shape is not None:
                self._shapes.append((shape, kind))
        return kind, count


def _shape_of(fields: dict[str, Any]) -> re.Pattern[bytes] | None:
    """The pattern of entries like this one; None where one of its values is no simple one."""
    parts = []
    for name, value in fields.items():
        if isinstance(value, dict | list):
            return None
        pattern = _value_pattern(name, value, is_batch=fields["kind"] == "batch")
        parts.append(re.escape(_json(name)) + b":" + pattern)
    return re.compile(rb"\{" + b",".join(parts) + rb"\}")


def _value_pattern(name: str, value: object, *, is_batch: bool) -> bytes:
    if name in ("v", "kind") or value is None or isinstance(value, bool):
        return re.escape(_json(value))
    if name == "at":
        return _AT
    if is_batch and name in ("count", "root"):
        return _COUNT if name == "count" else _ROOT
    return _TEXT if isinstance(value, str) else _NUMBER


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
