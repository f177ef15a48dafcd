"""Go's `sumdb/note` and `sumdb/tlog` agree with us in both directions, and `fsck` reads our log."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.interop.log.opinions import ask, fsck, hashes
from tests.unit.traceability.log.books import KEY, ORIGIN, add, checkpoint_of, entries_of, signed
from tests.unit.traceability.log.flipping import proof_text
from tests.unit.traceability.log.serving import served
from tests.unit.traceability.log.stamps import WITNESSES, cosigned, stamp_proof
from traceability.log.cosignatures import cosigned_at
from traceability.log.folder import FolderLog
from traceability.log.merkle import (
    consistency_path,
    leaf_hash,
    root_of,
    verify_consistency,
)
from traceability.log.notes import open_note
from traceability.log.proofs import parse_stamp_proof

CHECKPOINT = checkpoint_of(entries_of(0, 5))
LOG = KEY.verifying_key
PROVINCE = WITNESSES["province"]
SIZES = range(40)


def test_go_opens_what_we_sign() -> None:
    note = cosigned(CHECKPOINT, ("province", "university", "union"))
    witnesses = [key.witness_key.text for key in WITNESSES.values()]

    all_known, log_alone, one_witness = ask(
        [
            {"op": "open", "note": note, "keys": [LOG.text, *witnesses]},
            {"op": "open", "note": note, "keys": [LOG.text]},
            {"op": "open", "note": note, "keys": [PROVINCE.witness_key.text]},
        ]
    )

    assert all_known["Text"] == CHECKPOINT.text()
    assert all_known["Signed"] == [ORIGIN, *(key.name for key in WITNESSES.values())]
    assert log_alone["Signed"] == [ORIGIN]
    assert one_witness["Signed"] == ["province.example"]


def test_go_refuses_what_we_refuse() -> None:
    note = cosigned(CHECKPOINT)
    wrong = [
        note.replace("\n5\n", "\n6\n"),
        note.replace("— ", "- ", 1),
        note.removesuffix("\n"),
        CHECKPOINT.text(),
    ]

    keys = [LOG.text, PROVINCE.witness_key.text]
    answers = ask([{"op": "open", "note": one, "keys": keys} for one in wrong])

    assert [answer["OK"] for answer in answers] == [False] * len(wrong)


def test_we_open_what_go_signs() -> None:
    text = CHECKPOINT.text()
    as_log, as_witness = ask(
        [
            {"op": "sign", "text": text, "private": KEY.text},
            {"op": "sign", "text": text, "private": PROVINCE.text, "witness": True},
        ]
    )

    assert as_log["Text"] == signed(CHECKPOINT)  # Ed25519 signs alike whoever does it.
    note = open_note(as_witness["Text"], [PROVINCE.witness_key])
    assert note.text == text
    assert cosigned_at(note, PROVINCE.witness_key).year >= 2026


def test_go_finds_a_stamps_proof_to_be_the_proof_of_its_batch() -> None:
    texts = [proof_text(number) for number in range(100)]
    entries = [parse_stamp_proof(text).entry.entry for text in texts]
    pairs = list(zip(texts, entries, strict=True))

    answers = ask([question(text, entry) for text, entry in pairs])
    others = ask([question(text, entry + b" ") for text, entry in pairs])

    assert [answer for answer in answers if not answer["OK"]] == []
    assert [answer for answer in others if answer["OK"]] == []


def test_go_refuses_proofs_we_refuse() -> None:
    proof = stamp_proof()
    wrong = [
        replace(proof, entry=replace(proof.entry, index=6)),
        replace(proof, entry=replace(proof.entry, path=proof.entry.path[:-1])),
        replace(proof, entry=replace(proof.entry, path=(*proof.entry.path, bytes(32)))),
        replace(proof, checkpoint=cosigned(CHECKPOINT)),
        replace(proof, checkpoint=CHECKPOINT.text()),
    ]

    answers = ask([question(one.text(), proof.entry.entry) for one in wrong])

    assert [answer["OK"] for answer in answers] == [False] * len(wrong)


def test_trees_grow_alike() -> None:
    leaves = [leaf_hash(entry) for entry in entries_of(0, SIZES[-1])]
    cases = [(old, new) for new in SIZES for old in range(new + 1)]

    trees = ask([{"op": "tree", "entries": entries_of(0, new), "old": old} for old, new in cases])

    for (old, new), answer in zip(cases, trees, strict=True):
        assert answer["OK"], answer
        assert hashes({"Proof": [answer["Root"]]}) == [root_of(leaves[:new])]
        assert hashes(answer) == consistency_path(old, leaves[:new])
        verify_consistency(
            old_size=old,
            old_root=root_of(leaves[:old]),
            new_size=new,
            new_root=root_of(leaves[:new]),
            path=hashes(answer),
        )


@pytest.mark.parametrize("sizes", [(1,), (255, 256), (256, 257, 511), (300, 66_000)])
def test_fsck_finds_no_fault(sizes: tuple[int, ...], tmp_path: Path) -> None:
    log, before = FolderLog(tmp_path / "log", origin=ORIGIN), 0
    for size in sizes:
        add(log, entries_of(before, size))
        before = size

    with served(tmp_path / "log") as url:
        assert fsck(url, LOG.text, tmp_path) == ""


def test_fsck_finds_the_fault_that_is_there(tmp_path: Path) -> None:
    add(FolderLog(tmp_path / "log", origin=ORIGIN), entries_of(0, 300))
    path = tmp_path / "log/tile/entries/000"
    path.write_bytes(path.read_bytes().replace(b":7}", b":8}"))

    with served(tmp_path / "log") as url:
        assert "fsck failed" in fsck(url, LOG.text, tmp_path)


def question(text: str, entry: bytes) -> dict[str, object]:
    return {"op": "tlog-proof", "note": text, "entry": entry, "keys": [LOG.text]}
