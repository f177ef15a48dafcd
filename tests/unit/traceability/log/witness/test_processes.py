"""Three witnesses as three programs: a quorum with one dead, none with two, none that goes back."""

import contextlib
import os
import signal
import subprocess
from http.client import HTTPException
from pathlib import Path
from threading import Thread

from tests.unit.traceability.log.witness.makers import (
    ORIGIN,
    SmallLog,
    make_files,
    place_of,
    reopen,
)
from tests.unit.traceability.log.witness.serving import FILES, HERE, PROGRAM, asked, process_of
from traceability.log.notes import add_lines, open_note
from traceability.log.witness.client import Gathered, gather_cosignatures
from traceability.log.witness.places import WitnessPlace
from traceability.log.witness.requests import PATH


def test_two_of_three_suffice_and_one_of_three_does_not(tmp_path: Path) -> None:
    log = SmallLog()
    lives = [contextlib.ExitStack() for _ in range(3)]
    with contextlib.ExitStack() as stack:
        for life in lives:
            stack.enter_context(life)
        places = [_started(tmp_path, log, number, until=life) for number, life in enumerate(lives)]
        all_three = _gather(log, 5, places)
        lives[2].close()
        one_dead = _gather(log, 9, places)
        lives[1].close()
        two_dead = _gather(log, 12, places)

    assert all_three.signed_by == tuple(places)
    assert one_dead.signed_by == tuple(places[:2])
    cosigned = open_note(add_lines(log.note(9), one_dead.lines), [place.key for place in places])
    assert len(cosigned.signatures) == 2
    assert two_dead.signed_by == (places[0],)
    assert [out.witness for out in two_dead.left_out] == places[1:]


def test_a_witness_killed_again_and_again_never_goes_back(tmp_path: Path) -> None:
    log = SmallLog()
    make_files(tmp_path / "w", log)
    remembered = 0
    for _ in range(3):
        promised: list[int] = [remembered]
        with process_of(tmp_path / "w") as witness:
            asking = Thread(target=_ask_on, args=(log, witness.port, promised))
            asking.start()
            while len(promised) < 5 and asking.is_alive():
                asking.join(0.005)
            witness.process.kill()
            asking.join()
        seen = reopen(tmp_path / "w").store.latest(ORIGIN)
        assert seen.note == log.note(seen.size)
        assert max(promised) <= seen.size <= max(promised) + 1
        remembered = seen.size

    assert remembered >= 12


def test_the_program_says_in_one_sentence_why_it_does_not_begin(tmp_path: Path) -> None:
    make_files(tmp_path / "w", SmallLog())
    (tmp_path / "w" / "memory").unlink()

    ended = _run(tmp_path / "w", "--logs", "logs")

    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "retire the key" in ended.stderr


def test_a_new_witness_prints_the_key_the_log_needs(tmp_path: Path) -> None:
    made = _run(tmp_path, "--init", "witness.example/1", "--owner", "Sở Nông nghiệp")
    again = _run(tmp_path, "--init", "witness.example/1")

    (tmp_path / "logs").write_text("", encoding="utf-8")
    witness = reopen(tmp_path)
    assert made.stdout == f"{witness.key.witness_key.text}\n"
    assert witness.store.owner == "Sở Nông nghiệp"
    assert (again.returncode, "is there already" in again.stderr) == (1, True)


def test_ctrl_c_ends_it_without_a_word(tmp_path: Path) -> None:
    make_files(tmp_path / "w", SmallLog())
    with process_of(tmp_path / "w") as witness:
        witness.process.send_signal(signal.SIGINT)

        assert witness.process.wait(timeout=20) == 0
    said = (tmp_path / "w" / "server.log").read_text(encoding="utf-8")
    assert said.startswith("Nhân chứng witness.example/1 listens on 127.0.0.1:")
    assert said.count("\n") == 1


def _started(
    folder: Path, log: SmallLog, number: int, *, until: contextlib.ExitStack
) -> WitnessPlace:
    key = make_files(folder / f"{number}", log, name=f"witness.example/{number}")
    return place_of(key, until.enter_context(process_of(folder / f"{number}")).url)


def _ask_on(log: SmallLog, port: int, promised: list[int]) -> None:
    """Let the log grow by one entry at a time, until the witness is gone."""
    with contextlib.suppress(OSError, HTTPException):
        while True:
            size = promised[-1]
            response, _ = asked(port, "POST", PATH, log.body(size, size + 1))
            assert response.status == 200
            promised.append(size + 1)


def _run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*PROGRAM, *FILES, *arguments],
        cwd=folder,
        env={**os.environ, **HERE},
        capture_output=True,
        text=True,
        check=False,
    )


def _gather(log: SmallLog, size: int, places: list[WitnessPlace]) -> Gathered:
    return gather_cosignatures(
        log.note(size),
        make_proof=lambda old: log.path(old, size),
        witnesses=places,
        quorum=3,
        deadline_seconds=10,
    )
