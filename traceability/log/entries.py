"""What entries of the log say: canonical JSON with a version (docs/adr names the fields)."""

import re
from dataclasses import dataclass
from typing import Any

from traceability.log.canonical import canonical_object
from traceability.log.errors import EntryRefused
from traceability.log.merkle import HASH_BYTES

VERSION = 1
_ROOT = re.compile(f"[0-9a-f]{{{2 * HASH_BYTES}}}")
_KIND = re.compile("[a-z]+(-[a-z]+)*")  # A reader passes over kinds it does not know.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


@dataclass(frozen=True)
class BatchEntry:
    """What a `batch` entry commits to: the tree over its stamps."""

    batch: str
    count: int
    root: bytes


def read_entry(raw: bytes) -> dict[str, Any]:
    """The fields of an entry, of whatever kind.

    Raises:
        EntryRefused: it is not canonical JSON with our version, or says no kind or moment.
    """
    try:
        text = raw.decode()
    except UnicodeDecodeError as wrong:
        raise EntryRefused("not UTF-8") from wrong
    fields = canonical_object(text, EntryRefused)
    if fields.get("v") != VERSION or isinstance(fields["v"], bool):
        raise EntryRefused("another version")
    if not _is(_KIND, fields.get("kind")) or not _is(_MOMENT, fields.get("at")):
        raise EntryRefused("no kind, or no moment")
    return fields


def read_batch(raw: bytes) -> BatchEntry:
    """What a `batch` entry commits to.

    Raises:
        EntryRefused: it is no such entry.
    """
    fields = read_entry(raw)
    batch, count, root = fields.get("batch"), fields.get("count"), fields.get("root")
    if fields["kind"] != "batch" or not isinstance(batch, str):
        raise EntryRefused("not an entry of a batch")
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise EntryRefused("a batch without stamps")
    if not isinstance(root, str) or not _is(_ROOT, root):
        raise EntryRefused("a batch without root")
    return BatchEntry(batch, count, bytes.fromhex(root))


def _is(form: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and form.fullmatch(value) is not None
