import json

import pytest

from traceability.log.canonical import canonical_object, canonical_text
from traceability.log.entries import BatchEntry, read_batch, read_entry
from traceability.log.errors import EntryRefused

GOOD = '{"at":"2026-11-22T03:04:05Z","kind":"cert-revoke","name":"Trà \\"Shan\\"","v":1}'


def test_what_rfc_8785_writes_is_read() -> None:
    # Of its section 3.2.2, without the fractions that no entry has.
    text = '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'

    value = canonical_object(text, EntryRefused)

    assert value == {"string": '€$\x0f\nA\'B"\\\\"/', "literals": [None, True, False]}
    assert canonical_text(value) == text


def test_names_are_sorted_as_utf_16_sorts_them() -> None:
    # Of section 3.2.3: U+1F600 is written with surrogates, which stand before U+FB33.
    canonical_object('{"€":1,"\U0001f600":2,"\ufb33":3}', EntryRefused)

    for wrong in ('{"€":1,"\ufb33":3,"\U0001f600":2}', '{"a":[{"\ufb33":3,"\U0001f600":2}]}'):
        with pytest.raises(EntryRefused):
            canonical_object(wrong, EntryRefused)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "1",
        "{",
        '{"a":1.0}',
        '{"a":1e3}',
        '{"a":NaN}',
        '{"a":-0}',
        '{"a":01}',
        '{"a":9007199254740992}',
        '{"a":1 }',
        '{"b":1,"a":2}',
        '{"a":1,"a":1}',
        '{"a":"\\u0041"}',
        '{"a":"\\u000F"}',
        '{"a":"\\/"}',
        '{"a":"\\ud800"}',
        '{"a":"\ud800"}',
        '{"a":1}\n',
        "[" * 100_000,
    ],
)
def test_what_is_written_otherwise_is_refused(text: str) -> None:
    with pytest.raises(EntryRefused):
        canonical_object(text, EntryRefused)


def test_an_entry_says_version_kind_and_moment() -> None:
    assert read_entry(GOOD.encode())["kind"] == "cert-revoke"


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff",
        GOOD.replace('"v":1', '"v":2').encode(),
        GOOD.replace('"v":1', '"v":true').encode(),
        GOOD.replace('"v":1', '"v":"1"').encode(),
        GOOD.replace("cert-revoke", "Cert").encode(),
        GOOD.replace('"cert-revoke"', "7").encode(),
        GOOD.replace("05Z", "05+00:00").encode(),
        GOOD.replace("2026-11-22T03:04:05Z", "2026-11-22").encode(),
        b"{}",
    ],
)
def test_what_says_less_is_no_entry(raw: bytes) -> None:
    with pytest.raises(EntryRefused):
        read_entry(raw)


def batch(**changed: object) -> bytes:
    fields = {"at": "2026-11-22T03:04:05Z", "batch": "B1", "count": 3, "kind": "batch"}
    return canonical_text({**fields, "root": "ab" * 32, "v": 1, **changed}).encode()


def test_a_batch_commits_to_its_tree() -> None:
    assert read_batch(batch()) == BatchEntry("B1", 3, b"\xab" * 32)


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "void"},
        {"batch": None},
        {"count": 0},
        {"count": True},
        {"count": "3"},
        {"root": "ab" * 31},
        {"root": "AB" * 32},
        {"root": json.dumps(3)},
        {"root": 3},
    ],
)
def test_what_commits_to_no_tree_is_no_batch(changed: dict[str, object]) -> None:
    with pytest.raises(EntryRefused):
        read_batch(batch(**changed))
