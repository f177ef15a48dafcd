import json
import re
from dataclasses import replace

import pytest

from tests.unit.traceability.log.books import KEY, ORIGIN
from tests.unit.traceability.log.stamps import (
    COUNT,
    POLICY,
    WITNESSES,
    act_entry,
    batch_entry,
    cosigned,
    stamp_proof,
    uri_of,
)
from traceability.log.checking import (
    Check,
    Outcome,
    Step,
    check_stamp,
    later_acts,
    witnesses_of,
)
from traceability.log.checkpoints import Checkpoint
from traceability.log.errors import ProofRefused
from traceability.log.merkle import leaf_hash
from traceability.log.notes import SigningKey
from traceability.log.policy import NO_QUORUM, Policy, parse_policy, policy_text
from traceability.log.proofs import parse_stamp_proof, stamp_leaf
from traceability.log.tlog_proofs import TlogProof, parse_tlog_proof

EXAMPLE = (  # Of c2sp.org/tlog-proof, with one hash.
    "c2sp.org/tlog-proof@v1\n"
    "extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6\n"
    "index 73894\n"
    "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\n"
    "\n"
    "example.com/fancylog\n109482\nsFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=\n\n— a b\n"
)


def test_the_example_of_the_specification_is_read_and_written() -> None:
    proof = parse_tlog_proof(EXAMPLE)

    assert proof.index == 73894
    assert proof.extra == b"age-v1.2.1-darwin-arm64.tar.gz"
    assert len(proof.path) == 1
    assert proof.checkpoint.startswith("example.com/fancylog\n109482\n")
    assert proof.text() == EXAMPLE
    assert parse_tlog_proof(TlogProof(0, (), "checkpoint\n").text()).extra is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not a proof"),
        (EXAMPLE.replace("@v1", "@v2"), "not a proof"),
        ("c2sp.org/tlog-proof@v1\n\ncheckpoint\n", "not a proof"),
        (EXAMPLE.replace("index", "Index"), "no index"),
        (EXAMPLE.replace("index 73894\n", ""), "no index"),
        (EXAMPLE.replace("73894", "073894"), "not a decimal"),
        (EXAMPLE.replace("73894", "-1"), "not a decimal"),
        (EXAMPLE.replace("PlQ=", "PlR="), "not the one way"),
        (EXAMPLE.replace("gSKyXoYZUgZ6jduW", ""), "32 bytes"),
        (EXAMPLE.replace("extra YWdl", "extra !"), "not base64"),
        (
            EXAMPLE.replace("gSKy", "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\n" * 64 + "gSKy"),
            "longer than any tree",
        ),
        ("x" * 1_000_001, "too large"),
    ],
)
def test_what_is_no_proof_is_refused(text: str, why: str) -> None:
    with pytest.raises(ProofRefused, match=re.escape(why)):
        parse_tlog_proof(text)


def test_a_stamp_leaf_is_fixed() -> None:
    leaf = stamp_leaf("HTTPS://GOC.EXAMPLE/S/7K3MQ9T2XB40G", bytes(range(16)))

    assert leaf == (
        b"goc-stamp-leaf-v1\nHTTPS://GOC.EXAMPLE/S/7K3MQ9T2XB40G\n000102030405060708090a0b0c0d0e0f"
    )
    assert leaf_hash(leaf).hex() == (  # As sha256sum gives it of a zero byte and the leaf.
        "b418ab48d45d445e2c562c9251f3c7c8e5e070ab34fde03509c133af1db0677d"
    )


@pytest.mark.parametrize("index", range(COUNT))
def test_every_stamp_of_a_batch_is_proved(index: int) -> None:
    proof = stamp_proof(index)

    assert parse_stamp_proof(proof.text()) == proof
    assert check_stamp(proof, POLICY) == Check(Outcome.PROVED, tuple(Step))
    assert witnesses_of(proof, POLICY) == ["province", "university"]
    assert later_acts(proof) == []


def test_what_came_later_is_proved_and_told_of_this_stamp_alone() -> None:
    acts = [
        act_entry(first=4, last=5, reason="In hỏng"),
        act_entry(first=1, last=3),
        act_entry("recall"),
        act_entry(batch="ANOTHER000"),
        act_entry(first="4", last=5),
    ]
    proof = stamp_proof(3, acts=acts)

    assert check_stamp(proof, POLICY).outcome is Outcome.PROVED
    assert [act["kind"] for act in later_acts(proof)] == ["void", "recall"]
    assert parse_stamp_proof(proof.text()) == proof


@pytest.mark.parametrize("names", [(), ("union",)])
def test_too_few_witnesses_leave_the_proof_pending(names: tuple[str, ...]) -> None:
    check = check_stamp(stamp_proof(names=names), POLICY)

    assert check.outcome is Outcome.PENDING
    assert check.passed == (Step.STAMP, Step.ENTRY, Step.LOG, Step.MAKER, Step.LATER)
    assert check.why == f"{len(names)} of 3 witnesses cosigned"


def test_a_witness_signing_twice_is_one_witness() -> None:
    assert check_stamp(stamp_proof(names=("union", "union")), POLICY).outcome is Outcome.PENDING


def test_a_policy_without_quorum_proves_nothing() -> None:
    alone = parse_policy(policy_text(KEY.verifying_key, {}, 0))

    assert alone.quorum == NO_QUORUM
    check = check_stamp(stamp_proof(names=()), alone)
    assert check.outcome is Outcome.PENDING
    assert check.passed == (Step.STAMP, Step.ENTRY, Step.LOG, Step.MAKER, Step.LATER)


@pytest.mark.parametrize(
    ("changed", "passed"),
    [
        ({"uri": uri_of(2)}, 0),
        ({"blinding": bytes(16)}, 0),
        ({"index": 2}, 0),
        ({"path": stamp_proof(2).path}, 0),
        ({"path": ()}, 0),
        ({"entry": stamp_proof(entry=batch_entry(count=6)).entry}, 1),
        ({"entry": stamp_proof(entry=batch_entry(count=3)).entry}, 0),
        ({"entry": stamp_proof(entry=batch_entry(kind="void")).entry}, 0),
        ({"entry": stamp_proof(entry=batch_entry(root="00" * 32)).entry}, 0),
        ({"entry": stamp_proof(entry=batch_entry(v=2)).entry}, 0),
        ({"entry": replace(stamp_proof().entry, index=6)}, 1),
        ({"entry": replace(stamp_proof().entry, path=())}, 1),
        ({"checkpoint": cosigned(Checkpoint(ORIGIN, 12, bytes(32)))}, 1),
        ({"checkpoint": "no note\n"}, 1),
        ({"later": (replace(stamp_proof().entry, index=7),)}, 4),
        ({"later": (replace(stamp_proof().entry, index=8),)}, 4),
        ({"later": (replace(stamp_proof().entry, entry=b"{}"),)}, 4),
        ({"keys": ()}, 3),
        ({"keys": (replace(stamp_proof().keys[0], index=3),)}, 3),
        ({"keys": (replace(stamp_proof().keys[0], index=8),)}, 3),
        ({"keys": (replace(stamp_proof().keys[0], entry=act_entry()),)}, 3),
    ],
)
def test_what_does_not_fit_is_a_mismatch(changed: dict[str, object], passed: int) -> None:
    check = check_stamp(replace(stamp_proof(), **changed), POLICY)  # type: ignore[arg-type]  # The table changes one field of any type.

    assert check.outcome is Outcome.MISMATCH
    assert len(check.passed) == passed
    assert check.why


def test_a_log_signs_in_its_own_name() -> None:
    other = SigningKey.generate("other.example/log")
    witnesses = {name: key.witness_key for name, key in WITNESSES.items()}
    policy = Policy((other.verifying_key,), witnesses, POLICY.groups, POLICY.quorum)

    check = check_stamp(stamp_proof(), policy)

    assert check.outcome is Outcome.MISMATCH
    assert check.why == f"no log we believe signed as {ORIGIN}"


@pytest.mark.parametrize(
    "changed",
    [
        {"v": 2},
        {"blinding": "00" * 15},
        {"blinding": "0" * 31},
        {"blinding": "AA" * 16},
        {"uri": None},
        {"uri": "two\nlines"},
        {"index": -1},
        {"index": True},
        {"index": "3"},
        {"path": [1]},
        {"path": None},
        {"entry": 5},
        {"later": [{}]},
        {"later": 5},
        {"keys": [{}]},
        {"keys": None},
        {"more": 1},
    ],
)
def test_extra_data_of_another_form_is_refused(changed: dict[str, object]) -> None:
    parsed = parse_tlog_proof(stamp_proof().text())
    assert parsed.extra is not None
    extra = {**json.loads(parsed.extra), **changed}
    raw = json.dumps(extra, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    for wrong in (raw, raw[:-1], b"[]", b"\xff", None):
        with pytest.raises(ProofRefused):
            parse_stamp_proof(replace(parsed, extra=wrong).text())
