import pytest

from tests.unit.traceability.log.stamps import act_entry, batch_entry
from traceability.log.entries import read_batch
from traceability.log.errors import EntryRefused
from traceability.log.shapes import MOST_SHAPES, EntryReader

GOOD = batch_entry(count=7, lot=None)


def changed(old: bytes, new: bytes) -> bytes:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_entries_are_summed_up_alike_however_often_their_shape_was_met() -> None:
    entries = [
        GOOD,
        batch_entry(count=8, lot=None),
        batch_entry(product_name='Trà "Shan"', lot=None),
        act_entry(first=4, last=5),
        act_entry(reason={"deep": [1, 2]}),
        act_entry(count=-3),
    ]
    reader = EntryReader()
    expected = [("batch", 7), ("batch", 8), ("batch", 5), ("void", 0), ("void", 0), ("void", 0)]

    assert reader.read_all(entries) == expected
    assert reader.read_all(entries) == expected


@pytest.mark.parametrize(
    "wrong",
    [
        changed(b'"v":1', b'"v":2'),
        changed(b'"v":1', b'"v":1.0'),
        changed(b'"v":1}', b'"v":1} '),
        changed(b'"v":1}', b'"v":1}}'),
        changed(b'"count":7', b'"count":07'),
        changed(b'"count":7', b'"count":-0'),
        changed(b'"count":7', b'"count":9007199254740992'),
        changed(b'"count":7', b'"count": 7'),
        changed(b'"count":7', b'"count":0'),
        changed(b'"count":7', b'"count":-7'),
        changed(b'"count":7', b'"count":"7"'),
        changed(b'"count":7,', b""),
        changed(b'"root":"', b'"root":"0'),
        changed(b'"root":"', b'"root":null,"roots":"'),
        changed(b'"kind":"batch"', b'"kind":"Batch"'),
        changed(b"2026-11-22T03:04:05Z", b"2026-11-22 03:04:05Z"),
        changed(b'"lot":null', b'"lot":nul'),
        changed(b'"lot":null', b'"lot":"\\u0041"'),
        changed(b'"lot":null', b'"lot":"\n"'),
        changed(b'"lot":null', b'"lot":null,"lot":null'),
        changed("Trà".encode(), b"Tr\xc3"),
        changed("Trà".encode(), b"Tr\xed\xa0\x80"),
        b'{"v":1}',
        b"",
    ],
)
def test_what_is_refused_as_json_is_refused_by_its_shape(wrong: bytes) -> None:
    with pytest.raises(EntryRefused):
        read_batch(wrong)
    reader = EntryReader()
    reader.read_all([GOOD, changed(b'"lot":null', b'"lot":"A"')])

    with pytest.raises(EntryRefused):
        reader.read_all([GOOD, wrong])


def test_many_shapes_are_read_as_json() -> None:
    entries = [act_entry("void", **{f"field{number}": 1}) for number in range(MOST_SHAPES + 5)]
    reader = EntryReader()

    assert reader.read_all(entries) == [("void", 0)] * len(entries)
    assert reader.read_all(entries) == [("void", 0)] * len(entries)
