"""What is published with witnesses at work: proved, asked for again, never a second history."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select

from core.work import COMMAND, reading, transaction
from tests.makers import make_batch
from tests.servers.processes import free_port
from tests.unit.traceability.log.witness.serving import replying, saying, served
from traceability import proving, queries, tasks
from traceability.errors import LogForked
from traceability.log.checking import Outcome, check_stamp
from traceability.log.policy import parse_policy
from traceability.log.witness.__main__ import create_witness, open_witness
from traceability.log.witness.places import WitnessPlace
from traceability.log.witness.requests import SIZE_TYPE
from traceability.log.witness.witness import Witness
from traceability.log_place import init_log, log_place
from traceability.models import LogEntry, Stamp
from traceability.publishing import lacks_witnesses, publish, signing_key


@pytest.fixture
def witnesses(app: Flask, tmp_path: Path) -> list[Witness]:
    """Three witnesses of the application's log."""
    return [_witness(tmp_path / f"{number}", number) for number in (1, 2, 3)]


@pytest.mark.parametrize(("lost", "new"), [(2, 1), (1, 1), (1, 2)])
def test_a_machine_restored_to_yesterday_publishes_no_second_history(
    app: Flask, witnesses: Sequence[Witness], tmp_path: Path, lost: int, new: int
) -> None:
    """The second history is shorter than what witnesses saw, as long, or longer."""
    with _at_work(app, witnesses):
        _issue()
        assert publish().size == 2
        shutil.copytree(log_place().folder, tmp_path / "yesterday")
        _issue(lost)
        publish()
        _restore(tmp_path / "yesterday", size=2)
        _issue(new)

        with pytest.raises(LogForked) as refused:
            publish()

    assert refused.value.values == {"count": 3}
    published = log_place().log.published()
    assert published is not None
    assert published.size == 2


def test_one_witness_that_lies_holds_nothing_up(app: Flask, witnesses: Sequence[Witness]) -> None:
    more = replying("409 Conflict", b"999\n", content_type=SIZE_TYPE)
    with _at_work(app, witnesses[:2]), saying(more) as url:
        liar = WitnessPlace(witnesses[2].key.witness_key, url, "liar")
        init_log(app, replace(log_place(), witnesses=(*log_place().witnesses, liar)))
        _issue()

        assert publish().witnesses == ("w1.example", "w2.example")


def test_two_of_three_witnesses_prove_a_stamp_to_whoever_has_our_policy(
    app: Flask, witnesses: Sequence[Witness]
) -> None:
    with _at_work(app, witnesses[:2], asleep=witnesses[2:]):
        _issue()

        done = publish()

        assert (done.witnesses, done.is_witnessed) == (("w1.example", "w2.example"), True)
        assert not lacks_witnesses()
        assert _check() is Outcome.PROVED


def test_witnesses_that_were_away_are_asked_again_though_nothing_new_waits(
    app: Flask, witnesses: Sequence[Witness]
) -> None:
    with _at_work(app, witnesses[:1], asleep=witnesses[1:]):
        _issue()
        done = publish()
        assert (done.size, done.witnesses, done.is_witnessed) == (2, ("w1.example",), False)
        assert lacks_witnesses()
        assert _check() is Outcome.PENDING

    with _at_work(app, witnesses[1:], asleep=witnesses[:1]):
        tasks.ask_witnesses()

        assert not lacks_witnesses()
        assert _check() is Outcome.PROVED
        said = publish()
        assert (said.size, said.new, said.is_witnessed) == (2, 0, True)
        assert set(said.witnesses) == {"w1.example", "w2.example", "w3.example"}


def _check() -> Outcome:
    """What the proof of a stamp comes to for a stranger."""
    with reading() as session:
        serial = session.scalars(select(Stamp.serial).limit(1)).one()
        stamp = queries.stamp_row(session, serial)
        assert stamp is not None
        proof = proving.stamp_proof(session, stamp, log_place())
    return check_stamp(proof, parse_policy((log_place().folder / "policy").read_text())).outcome


def _issue(batches: int = 1) -> None:
    with transaction(by=COMMAND) as work:
        for _ in range(batches):
            make_batch(work)


def _restore(folder: Path, *, size: int) -> None:
    """Both the folder and the database as they were."""
    shutil.rmtree(log_place().folder)
    shutil.copytree(folder, log_place().folder)
    with transaction(by=COMMAND) as work:
        lost = LogEntry.leaf_index.is_(None) | (LogEntry.leaf_index >= size)
        work.session.execute(delete(LogEntry).where(lost))


def _witness(home: Path, number: int) -> Witness:
    home.mkdir()
    log_key = signing_key(log_place()).verifying_key
    (home / "logs").write_text(f"log {log_key.text}\n")
    create_witness(home / "key", home / "memory", name=f"w{number}.example", owner=f"W {number}")
    return open_witness(home / "key", home / "memory", home / "logs")


@contextmanager
def _at_work(
    app: Flask, awake: Sequence[Witness], *, asleep: Sequence[Witness] = ()
) -> Iterator[None]:
    """Name these witnesses to the application; those asleep answer nobody."""
    with ExitStack() as stack:
        ports = [stack.enter_context(served(one)) for one in awake]
        ports += [free_port() for _ in asleep]
        places = tuple(
            WitnessPlace(one.key.witness_key, f"http://127.0.0.1:{port}", one.store.owner)
            for one, port in zip([*awake, *asleep], ports, strict=True)
        )
        init_log(app, replace(log_place(), witnesses=places))
        yield
