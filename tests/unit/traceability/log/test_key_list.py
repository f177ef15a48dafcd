"""The list of keys that sign stamps is confirmed by the log, or refused by name."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.unit.traceability.log.books import ORIGIN
from tests.unit.traceability.log.stamps import POLICY_TEXT, batch_entry, cosigned, key_entry
from traceability import audit
from traceability.log.encoding import base64_text
from traceability.log.entries import read_entry
from traceability.log.errors import KeysUnlike
from traceability.log.folder import FolderLog
from traceability.log.key_list import confirm_keys, stamping_key_list
from traceability.log.makers import MakerKeys, key_name
from traceability.log.sources import source_of
from traceability.log.tiles import BUNDLES, pack_entries, tile_at

PUBLIC = [
    Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32).public_key().public_bytes_raw()
    for number in range(4)
]


def stamping(number: int, state: str = "valid") -> bytes:
    """An entry about one of the platform's keys."""
    public = base64_text(PUBLIC[number]) if state == "valid" else None
    fields = json.loads(key_entry(state, key=key_name(PUBLIC[number]), public=public, use="stamps"))
    del fields["enterprise"]
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()


ENTRIES = [
    stamping(0),
    key_entry(),
    stamping(1),
    batch_entry(),
    stamping(0, "ended"),
    stamping(1, "revoked"),
    stamping(2),
]


def listed() -> list[dict[str, Any]]:
    told = ((index, read_entry(raw)) for index, raw in enumerate(ENTRIES))
    return stamping_key_list(told)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    log = FolderLog(tmp_path / "log", origin=ORIGIN)
    log.publish(cosigned(log.extend(ENTRIES, after=0)))
    (tmp_path / "policy").write_text(POLICY_TEXT)
    return tmp_path / "log"


def audited(
    folder: Path, capsys: pytest.CaptureFixture[str], keys: object, *more: str
) -> dict[str, Any]:
    (folder / "keys").write_text(keys if isinstance(keys, str) else json.dumps({"keys": keys}))
    capsys.readouterr()
    policy = str(folder.with_name("policy"))
    audit.main([str(folder), "--policy", policy, *more])
    said: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return said


def test_the_list_says_where_each_key_was_told_and_how_it_ended() -> None:
    found = [(one["index"], one["until"] is None, one["revoked"] is None) for one in listed()]

    assert found == [(0, False, True), (2, False, False), (6, True, True)]


def test_a_list_the_log_told_is_confirmed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = audited(folder, capsys, listed())

    assert (said["code"], said["stamping_keys"]) == (0, 3)
    assert audited(folder, capsys, listed(), "--tree-only")["stamping_keys"] == "unchecked"


def test_a_key_that_ended_since_or_came_later_is_no_contradiction(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = listed()
    newer[2].update(until="2026-11-23T00:00:00Z", revoked="2026-11-23T00:00:00Z")
    later = {"key": key_name(PUBLIC[3]), "public": base64_text(PUBLIC[3])}
    newer += [{**later, "index": 7}, {**later, "index": None}]

    assert audited(folder, capsys, newer)["stamping_keys"] == 3


@pytest.mark.parametrize(
    ("number", "changed"),
    [
        (2, {"public": base64_text(PUBLIC[3])}),
        (2, {"index": 0}),
        (2, {"index": 1}),
        (2, {"index": 7}),
        (2, {"index": True}),
        (2, {"key": key_name(PUBLIC[3])}),
        (0, {"until": None}),
        (1, {"revoked": None}),
    ],
    ids=["public", "another", "maker", "beyond", "no-number", "name", "end", "revocation"],
)
def test_a_list_that_says_other_than_the_log_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], number: int, changed: dict[str, Any]
) -> None:
    keys = listed()
    keys[number].update(changed)

    said = audited(folder, capsys, keys)

    assert (said["code"], said["error"]) == (1, "KeysUnlike")


@pytest.mark.parametrize("alias", [None, "0123456789abcdef"], ids=["own", "alias"])
def test_a_revoked_key_is_not_listed_again_as_a_living_one(
    folder: Path, capsys: pytest.CaptureFixture[str], alias: str | None
) -> None:
    keys = listed()
    again = {**keys[1], "key": alias or keys[1]["key"], "index": None, "revoked": None}

    said = audited(folder, capsys, [again, *keys])

    assert (said["code"], said["error"]) == (1, "KeysUnlike")


def test_what_a_bundle_says_when_it_is_fetched_again_confirms_no_key(folder: Path) -> None:
    told = MakerKeys()
    for raw in ENTRIES:
        told.take(raw)
    strange = {"key": key_name(PUBLIC[3]), "public": base64_text(PUBLIC[3]), "index": 5}
    (folder / "keys").write_text(json.dumps({"keys": [*listed(), strange]}))
    forged = pack_entries([*ENTRIES[:5], stamping(3), *ENTRIES[6:]])
    (folder / tile_at(BUNDLES, 0, len(ENTRIES)).path).write_bytes(forged)

    with pytest.raises(KeysUnlike, match=key_name(PUBLIC[3])):
        confirm_keys(source_of(str(folder)), len(ENTRIES), told)


@pytest.mark.parametrize("text", ["", "[]", '{"keys":1}', '{"keys":[1]}', '{"keys":[]}'])
def test_what_is_no_list_or_leaves_keys_out_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    assert audited(folder, capsys, text)["error"] == "KeysUnlike"
