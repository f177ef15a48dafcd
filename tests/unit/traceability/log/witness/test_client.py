"""A log gathers cosignatures: from all at once, in three seconds, whatever some of them do."""

import contextlib
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.servers.processes import free_port
from tests.unit.traceability.log.witness.makers import (
    NOON,
    ORIGIN,
    SmallLog,
    make_files,
    make_witness,
    place_of,
    reopen,
)
from tests.unit.traceability.log.witness.serving import Talk, replying, saying, served
from traceability.log.cosignatures import cosign, cosigned_at
from traceability.log.notes import SigningKey, add_lines, open_note
from traceability.log.witness.client import Gathered, gather_cosignatures
from traceability.log.witness.places import WitnessPlace
from traceability.log.witness.witness import Witness

LIAR = SigningKey.generate("liar.example")


@pytest.fixture
def log() -> SmallLog:
    return SmallLog()


@pytest.fixture
def witness(tmp_path: Path, log: SmallLog) -> Witness:
    return make_witness(tmp_path / "w", log)


@pytest.fixture
def place(witness: Witness) -> Iterator[WitnessPlace]:
    with served(witness) as port:
        yield place_of(witness.key, f"http://127.0.0.1:{port}")


def test_the_lines_make_a_cosigned_checkpoint(log: SmallLog, place: WitnessPlace) -> None:
    gathered = _gather(log, 5, [place])

    note = add_lines(log.note(5), gathered.lines)
    assert place.key in open_note(note, [place.key]).signatures
    assert gathered.signed_by == (place,)
    assert gathered.left_out == ()


def test_a_witness_that_saw_another_size_is_asked_again_from_there(
    log: SmallLog, place: WitnessPlace, witness: Witness
) -> None:
    for size, believed in ((5, 0), (9, 0), (12, 7), (12, 12), (20, 500)):
        assert len(_gather(log, size, [place], old_size=believed).lines) == 1

    assert witness.store.latest(ORIGIN).size == 20


def test_a_witness_that_saw_more_than_the_log_has_is_named(
    log: SmallLog, place: WitnessPlace, witness: Witness
) -> None:
    witness.add_checkpoint(log.body(0, 9), at=NOON)

    gathered = _gather(log, 5, [place])

    assert gathered.lines == ()
    assert "it saw 9 entries already" in gathered.left_out[0].why
    assert witness.store.latest(ORIGIN).size == 9


def test_a_witness_with_a_clock_two_days_wrong_still_counts(tmp_path: Path, log: SmallLog) -> None:
    wrong = datetime.now(UTC) - timedelta(days=2)
    witness = make_witness(tmp_path / "late", log)

    with served(witness, clock=lambda: wrong) as port:
        place = place_of(witness.key, f"http://127.0.0.1:{port}")
        gathered = _gather(log, 5, [place])

    opened = open_note(add_lines(log.note(5), gathered.lines), [place.key])
    assert cosigned_at(opened, place.key) == wrong.replace(microsecond=0)


LIES = {
    "no cosignature": replying("200 OK", "— liar.example AAAA\n".encode()),
    "nothing": replying("200 OK", b""),
    "nonsense": replying("200 OK", b"\xff\x00"),
    "refused": replying("500 Internal Server Error", b""),
    "redirected": replying("307 Temporary Redirect", b""),
    "too long": replying("200 OK", b"A" * 200_000),
    "too many lines": replying("200 OK", b"A\n" * 200),
    "no size": replying("409 Conflict", b"x\n", content_type="text/x.tlog.size"),
    "a size below nothing": replying("409 Conflict", b"-1\n", content_type="text/x.tlog.size"),
    "the same size for ever": replying("409 Conflict", b"3\n", content_type="text/x.tlog.size"),
    "no http": lambda connection: connection.sendall(b"220 smtp.example\r\n"),
    "hung up": socket.socket.close,
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lying_witness_is_left_out_and_named(
    log: SmallLog, place: WitnessPlace, lie: str
) -> None:
    with saying(LIES[lie]) as url:
        gathered = _gather(log, 5, [place_of(LIAR, url), place])

    assert gathered.signed_by == (place,)
    assert [(out.witness.label, bool(out.why)) for out in gathered.left_out] == [
        ("liar.example", True)
    ]


def test_a_cosignature_of_another_checkpoint_or_key_does_not_count(log: SmallLog) -> None:
    text = log.note(5).partition("\n\n")[0] + "\n"
    of_another_size = cosign(log.note(4).partition("\n\n")[0] + "\n", LIAR, NOON)
    of_another_key = cosign(text, SigningKey.generate("liar.example"), NOON)
    as_a_note = log.note(5, key=LIAR).splitlines(keepends=True)[-1]

    for line in (of_another_size, of_another_key, as_a_note):
        with saying(replying("200 OK", line.encode())) as url:
            assert _gather(log, 5, [place_of(LIAR, url)]).lines == ()


def test_lines_of_other_keys_beside_the_right_one_are_passed_over(log: SmallLog) -> None:
    text = log.note(5).partition("\n\n")[0] + "\n"
    line = cosign(text, LIAR, NOON)
    stranger = cosign(text, SigningKey.generate("stranger.example"), NOON)

    with saying(replying("200 OK", (stranger + line).encode())) as url:
        assert _gather(log, 5, [place_of(LIAR, url)]).lines == (line,)


def drip(connection: socket.socket) -> None:
    connection.recv(65_536)
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for _ in range(1_000):
        connection.sendall(b"A: b\r\n")
        time.sleep(0.02)


def silent(connection: socket.socket) -> None:
    while connection.recv(65_536):
        pass


@pytest.mark.parametrize("talk", [drip, silent])
def test_a_slow_witness_holds_nobody_beyond_the_deadline(
    log: SmallLog, place: WitnessPlace, talk: Talk
) -> None:
    began = time.monotonic()
    with saying(talk) as url:
        gathered = _gather(log, 5, [place_of(LIAR, url), place], quorum=2, deadline_seconds=0.5)

    assert time.monotonic() - began < 3
    assert gathered.signed_by == (place,)
    assert gathered.left_out[0].why == "no answer in time"


def test_a_quorum_does_not_wait_for_the_slow(tmp_path: Path, log: SmallLog) -> None:
    witnesses = [_witness(tmp_path, log, number) for number in (1, 2)]
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        places = [
            place_of(one.key, f"http://127.0.0.1:{stack.enter_context(served(one))}")
            for one in witnesses
        ]
        url = stack.enter_context(saying(silent))
        gathered = _gather(log, 5, [place_of(LIAR, url), *places], quorum=2, deadline_seconds=20)

    assert time.monotonic() - began < 10
    assert gathered.signed_by == tuple(places)


def test_a_dead_witness_is_named(log: SmallLog, place: WitnessPlace) -> None:
    dead = place_of(LIAR, f"http://127.0.0.1:{free_port()}")

    gathered = _gather(log, 5, [dead, place], quorum=1)

    assert gathered.signed_by == (place,)
    assert "refused" in gathered.left_out[0].why


def test_a_proof_that_cannot_be_made_leaves_the_witness_out_and_the_log_alive(
    log: SmallLog, place: WitnessPlace
) -> None:
    _gather(log, 5, [place])

    def broken(_size: int) -> list[bytes]:
        raise OSError("the disk is gone")

    gathered = gather_cosignatures(
        log.note(9), make_proof=broken, witnesses=[place], quorum=1, old_size=5
    )

    assert gathered.left_out[0].why == "OSError: the disk is gone"


def test_no_witnesses_give_no_lines(log: SmallLog) -> None:
    assert _gather(log, 5, []) == Gathered((), (), ())


def _witness(folder: Path, log: SmallLog, number: int) -> Witness:
    make_files(folder / f"{number}", log, name=f"witness.example/{number}")
    return reopen(folder / f"{number}")


def _gather(
    log: SmallLog,
    size: int,
    places: list[WitnessPlace],
    *,
    quorum: int = 2,
    old_size: int = 0,
    deadline_seconds: float = 10,
) -> Gathered:
    return gather_cosignatures(
        log.note(size),
        make_proof=lambda old: log.path(old, size),
        witnesses=places,
        quorum=quorum,
        old_size=old_size,
        deadline_seconds=deadline_seconds,
    )
