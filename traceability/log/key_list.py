"""The list of keys that sign stamps (`keys` beside a log), confirmed by the log's own entries.

Phones check printed signatures by this list without a network, so whoever audits the log checks
that the log told each key of it, and that the list hides no end of one.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from traceability.log.encoding import base64_bytes
from traceability.log.entries import read_entry
from traceability.log.errors import KeysUnlike
from traceability.log.makers import MakerKeys, key_name
from traceability.log.sources import MOST_NOTE_BYTES, Source, read_tile
from traceability.log.tiles import BUNDLES, TILE_WIDTH, tile_at, unpack_entries

KEYS_FILE = "keys"
USE = "stamps"  # What the log says such a key is for; a maker's key says whose it is instead.


def stamping_key_list(entries: Iterable[tuple[int, Mapping[str, Any]]]) -> list[dict[str, object]]:
    """The keys that sign stamps as these `key` entries tell them, in their order.

    Each with the index of the entry that told it, and since when it signs no more.
    """
    known: dict[str, dict[str, object]] = {}
    for index, said in entries:
        name, at = str(said["key"]), said["at"]
        if said.get("use") == USE and said["state"] == "valid":
            one = {"key": name, "public": said["public"], "index": index, "from": at}
            known[name] = {**one, "until": None, "revoked": None}
        elif name in known:
            known[name]["until"] = known[name]["until"] or at
            if said["state"] == "revoked":
                known[name]["revoked"] = at
    return list(known.values())


def confirm_keys(source: Source, size: int, told: MakerKeys) -> int | None:
    """How many keys of the list beside an audited log the log told; None: no list is there.

    `told` has taken every entry of the log. The list may be newer than the log: keys told later
    are passed over, and one may have ended since.

    Raises:
        KeysUnlike: the list holds another key than the log told, leaves one out, or hides an end.
        SourceFailed: a file cannot be had.
    """
    known = told.of_use(USE)
    with source.opened() as log:
        raw = log.read(KEYS_FILE, MOST_NOTE_BYTES)
        if raw is None:
            return None
        listed = _told_in(raw, size, known)
        for one in listed.values():
            bundle, at = divmod(int(one["index"]), TILE_WIDTH)
            entries = unpack_entries(read_tile(log, tile_at(BUNDLES, bundle, size)))
            _require_told(one, read_entry(b"".join(entries[at : at + 1])))
    for name, state in known.items():
        if name not in listed:
            raise KeysUnlike(f"the key {name} stands in the log and not in the list")
        _require_end(listed[name], state)
    return len(listed)


def _told_in(raw: bytes, size: int, known: Mapping[str, str]) -> dict[str, Mapping[str, Any]]:
    """What the list says of the keys that a log of `size` told, by their names.

    What the audit has read decides: a bundle that is fetched again may hold anything. Each key
    stands there once and under its own name: a phone takes the first that fits a signature.
    """
    found: dict[str, Mapping[str, Any]] = {}
    for one in _listed(raw):
        name = str(one.get("key"))
        if key_name(base64_bytes(str(one.get("public")), KeysUnlike)) != name:
            raise KeysUnlike(f"the key {name} is named after another")
        if name not in known and not _is_below(one, size):
            continue
        if name not in known or not _is_below(one, size) or name in found:
            raise KeysUnlike(f"the list names the key {name} twice, or elsewhere than the log")
        found[name] = one
    return found


def _listed(raw: bytes) -> Iterator[Mapping[str, Any]]:
    try:
        keys = json.loads(raw)["keys"]
        yield from (dict(one) for one in keys)
    except (ValueError, KeyError, TypeError) as wrong:
        raise KeysUnlike("it is no list of keys") from wrong


def _is_below(one: Mapping[str, Any], size: int) -> bool:
    index = one.get("index")
    return isinstance(index, int) and not isinstance(index, bool) and 0 <= index < size


def _require_told(one: Mapping[str, Any], said: Mapping[str, Any]) -> None:
    same = all(said.get(name) == one.get(name) for name in ("key", "public"))
    if not same or (said["kind"], said.get("use"), said.get("state")) != ("key", USE, "valid"):
        raise KeysUnlike(f"entry {one['index']} does not tell the key {one.get('key')}")


def _require_end(one: Mapping[str, Any], state: str) -> None:
    if state != "valid" and not one.get("until"):
        raise KeysUnlike(f"the key {one['key']} ended in the log and not in the list")
    if state == "revoked" and not one.get("revoked"):
        raise KeysUnlike(f"the key {one['key']} is revoked in the log and not in the list")
