from datetime import UTC, datetime, timedelta, timezone

import rfc8785

from traceability.log.makers import key_name, signed_part
from traceability.rules.entries import Fields, entry_body, salted

AT = datetime(2026, 11, 22, 17, 30, 5, tzinfo=timezone(timedelta(hours=7)))
FIELDS: Fields = {"name": 'Chè \u2028 \U0001f375 \uffee\t"', "lot": None, "count": 3, "éa": "b"}


def test_an_entry_is_canonical_json_as_others_write_it() -> None:
    said = {"v": 1, "kind": "batch", "at": "2026-11-22T10:30:05Z", **FIELDS}

    assert entry_body("batch", AT, FIELDS).encode() == rfc8785.dumps(said)
    assert signed_part(FIELDS) == b"goc-batch-v1\n" + rfc8785.dumps(dict(FIELDS))


def test_an_entry_tells_its_moment_to_the_second() -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, 999_999, tzinfo=UTC)

    assert entry_body("key", at, {}) == '{"at":"2026-01-02T03:04:05Z","kind":"key","v":1}'


def test_names_of_keys_and_of_persons() -> None:
    assert key_name(bytes(32)) == "66687aadf862bd77"  # SHA-256 of 32 zero bytes.
    assert salted("Hà", b"salt") != salted("Hà", b"another")
    assert len(salted("Hà", b"salt")) == 64
