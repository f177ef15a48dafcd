"""A witness cosigns only growth, remembers before it signs, and answers as C2SP says."""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from tests.unit.traceability.log.witness.makers import NOON, ORIGIN, SmallLog, make_witness, reopen
from traceability.log.checkpoints import Checkpoint
from traceability.log.cosignatures import cosigned_at
from traceability.log.merkle import EMPTY_ROOT
from traceability.log.notes import SigningKey, VerifyingKey, add_lines, open_note, sign_note
from traceability.log.witness.refusals import (
    ConsistencyRefused,
    MalformedRequest,
    NotSignedByLog,
    OldSizeTooLarge,
    SecondRoot,
    SizeConflict,
    UnknownLog,
    WitnessRefusal,
)
from traceability.log.witness.requests import AddCheckpoint
from traceability.log.witness.witness import Witness

R = TypeVar("R", bound=WitnessRefusal)


@pytest.fixture
def log() -> SmallLog:
    return SmallLog()


@pytest.fixture
def witness(tmp_path: Path, log: SmallLog) -> Witness:
    return make_witness(tmp_path / "w", log)


def test_a_first_checkpoint_is_cosigned_and_remembered(witness: Witness, log: SmallLog) -> None:
    line = witness.add_checkpoint(log.body(0, 5), at=NOON)

    key = witness.key.witness_key
    opened = open_note(add_lines(log.note(5), [line]), [log.key.verifying_key, key])
    assert set(opened.signatures) == {log.key.verifying_key, key}
    assert cosigned_at(opened, key) == NOON
    seen = witness.store.latest(ORIGIN)
    assert (seen.size, seen.note, seen.cosigned_at) == (5, log.note(5), NOON)


@pytest.mark.parametrize(
    ("old_size", "size"), [(5, 6), (5, 8), (5, 300), (5, 5), (1, 2), (1, 1), (0, 1), (0, 0)]
)
def test_growth_is_cosigned(witness: Witness, log: SmallLog, old_size: int, size: int) -> None:
    if old_size:
        witness.add_checkpoint(log.body(0, old_size), at=NOON)

    witness.add_checkpoint(log.body(old_size, size), at=NOON)

    assert witness.store.latest(ORIGIN).size == size


def test_an_unknown_log_is_404(witness: Witness) -> None:
    stranger = SmallLog("stranger.example/log")

    assert _refused(witness, stranger.body(0, 5), UnknownLog).status == 404


def test_a_checkpoint_the_log_did_not_sign_is_403(witness: Witness, log: SmallLog) -> None:
    unsigned = log.note(5, key=SigningKey.generate("someone.example"))
    impostor = log.note(5, key=SigningKey.generate(ORIGIN))
    signed = log.note(5)
    changed = signed.replace(f"{ORIGIN}\n5\n", f"{ORIGIN}\n6\n")

    for note in (unsigned, impostor, changed):
        asked = AddCheckpoint(0, (), note)
        assert _refused(witness, asked.body(), NotSignedByLog).status == 403
    assert witness.store.latest(ORIGIN).size == 0


def test_signatures_of_strangers_beside_the_log_s_are_passed_over_and_not_kept(
    witness: Witness, log: SmallLog
) -> None:
    stranger = SigningKey.generate("someone.example")
    text = log.note(5).partition("\n\n")[0] + "\n"
    note = sign_note(text, [stranger, log.key])

    witness.add_checkpoint(AddCheckpoint(0, (), note).body(), at=NOON)

    assert witness.store.latest(ORIGIN).note == log.note(5)


def test_an_old_size_above_the_checkpoint_is_400(witness: Witness, log: SmallLog) -> None:
    witness.add_checkpoint(log.body(0, 5), at=NOON)

    assert _refused(witness, log.body(5, 4), OldSizeTooLarge).status == 400
    assert witness.store.latest(ORIGIN).size == 5


@pytest.mark.parametrize(("old_size", "size"), [(0, 5), (0, 4), (4, 6), (6, 7), (0, 0), (3, 3)])
def test_another_old_size_is_409_with_the_known_one(
    witness: Witness, log: SmallLog, old_size: int, size: int
) -> None:
    witness.add_checkpoint(log.body(0, 5), at=NOON)

    refused = _refused(witness, log.body(old_size, size), SizeConflict)

    assert (refused.status, refused.known_size) == (409, 5)
    assert witness.store.latest(ORIGIN).size == 5


def test_a_second_root_of_one_size_is_409_and_kept_as_proof(
    witness: Witness, log: SmallLog
) -> None:
    witness.add_checkpoint(log.body(0, 5), at=NOON)

    assert _refused(witness, log.body(5, 5, word="another"), SecondRoot).status == 409

    assert witness.store.latest(ORIGIN).note == log.note(5)
    assert witness.store.contradicted() == {ORIGIN}


def test_a_history_that_does_not_continue_the_seen_one_is_422(
    witness: Witness, log: SmallLog
) -> None:
    witness.add_checkpoint(log.body(0, 5), at=NOON)
    good = log.asking(5, 9)
    without_proof = AddCheckpoint(5, (), good.note)
    longer = AddCheckpoint(5, (*good.path, good.path[0]), good.note)
    another = log.asking(5, 9, word="another")

    for asked in (without_proof, longer, another):
        assert _refused(witness, asked.body(), ConsistencyRefused).status == 422
    assert witness.store.latest(ORIGIN).note == log.note(5)


def test_a_proof_from_nothing_is_422(witness: Witness, log: SmallLog) -> None:
    asked = AddCheckpoint(0, (EMPTY_ROOT,), log.note(5))

    assert _refused(witness, asked.body(), ConsistencyRefused).status == 422


def test_an_empty_tree_with_a_root_is_422(witness: Witness, log: SmallLog) -> None:
    note = sign_note(Checkpoint(ORIGIN, 0, bytes(32)).text(), [log.key])

    assert _refused(witness, AddCheckpoint(0, (), note).body(), ConsistencyRefused).status == 422


def test_a_note_that_is_no_checkpoint_is_400(witness: Witness, log: SmallLog) -> None:
    for text in (f"{ORIGIN}\n5\n", f"{ORIGIN}\n05\nAA==\n", f"{ORIGIN}\n5\nAA==\n"):
        asked = AddCheckpoint(0, (), sign_note(text, [log.key]))
        assert _refused(witness, asked.body(), MalformedRequest).status == 400


def test_a_clock_two_days_wrong_changes_no_decision_and_times_never_go_back(
    witness: Witness, log: SmallLog
) -> None:
    ahead = NOON + timedelta(days=2)
    first = _moment(witness, log, log.body(0, 5), 5, at=ahead)

    second = _moment(witness, log, log.body(5, 6), 6, at=NOON)
    third = _moment(witness, log, log.body(6, 7), 7, at=ahead + timedelta(hours=1))

    assert (first, second, third) == (ahead, ahead, ahead + timedelta(hours=1))
    assert witness.store.latest(ORIGIN).size == 7


class Killed(BaseException):
    """The process ends here."""


def test_killed_before_it_remembered_nothing_was_signed(
    tmp_path: Path, log: SmallLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    witness = make_witness(tmp_path / "w", log)
    monkeypatch.setattr(witness.store, "advance", _die)
    with pytest.raises(Killed):
        witness.add_checkpoint(log.body(0, 5), at=NOON)

    again = reopen(tmp_path / "w")

    assert again.store.latest(ORIGIN).size == 0
    again.add_checkpoint(log.body(0, 4, word="another"), at=NOON)


def test_killed_between_remembering_and_answering_it_stands_by_what_it_would_have_said(
    tmp_path: Path, log: SmallLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    witness = make_witness(tmp_path / "w", log)
    monkeypatch.setattr("traceability.log.witness.witness.cosign", _die)
    with pytest.raises(Killed):
        witness.add_checkpoint(log.body(0, 5), at=NOON)
    monkeypatch.undo()

    again = reopen(tmp_path / "w")

    assert _refused(again, log.body(0, 4), SizeConflict).known_size == 5
    _refused(again, log.body(5, 5, word="another"), SecondRoot)
    again.add_checkpoint(log.body(5, 5), at=NOON)


def test_without_a_place_to_remember_nothing_is_signed(
    witness: Witness, log: SmallLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed: list[object] = []
    monkeypatch.setattr(
        "traceability.log.witness.witness.cosign", lambda *said: signed.append(said)
    )
    witness.store._database.execute("PRAGMA query_only = ON")

    with pytest.raises(sqlite3.OperationalError):
        witness.add_checkpoint(log.body(0, 5), at=NOON)

    assert signed == []


def test_two_keys_of_a_log_are_both_trusted(tmp_path: Path, log: SmallLog) -> None:
    witness = make_witness(tmp_path / "w", log)
    next_key = SigningKey.generate(ORIGIN)
    policy = f"{log.policy}log {next_key.verifying_key.text} https://goc.example/log\nquorum none\n"
    (tmp_path / "w" / "logs").write_text(policy, encoding="utf-8")

    witness.add_checkpoint(log.body(0, 5), at=NOON)
    asked = AddCheckpoint(5, tuple(log.path(5, 6)), log.note(6, key=next_key))
    witness.add_checkpoint(asked.body(), at=NOON)

    assert witness.store.latest(ORIGIN).size == 6


def test_the_last_checkpoint_is_given_again_with_the_same_cosignature(
    witness: Witness, log: SmallLog
) -> None:
    line = witness.add_checkpoint(log.body(0, 5), at=NOON)

    assert witness.latest_note(witness.store.latest(ORIGIN)) == log.note(5) + line


def _die(*_: object, **__: object) -> None:
    raise Killed


def _refused(witness: Witness, body: bytes, kind: type[R]) -> R:
    with pytest.raises(kind) as refused:
        witness.add_checkpoint(body, at=NOON)
    return refused.value


def _moment(witness: Witness, log: SmallLog, body: bytes, size: int, *, at: datetime) -> datetime:
    key: VerifyingKey = witness.key.witness_key
    line = witness.add_checkpoint(body, at=at)
    return cosigned_at(open_note(add_lines(log.note(size), [line]), [key]), key)
