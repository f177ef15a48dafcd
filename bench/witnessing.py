"""The public log at work: entries appended one by one, and how soon a stamp's proof is whole."""

import contextlib
import random
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from flask import Flask

from app import create_app
from app.duties import PUBLISHING, TIMETABLE
from bench import goods, stamps
from bench.processor import processor_seconds
from bench.results import Result
from bench.servers import Bench, migrate, settings_for
from core.timetable import enter, run_due
from core.work import COMMAND, transaction
from core.worker.loop import Pace
from tests.unit.traceability.log.witness.serving import process_of
from traceability import service
from traceability.log.checkpoints import parse_checkpoint
from traceability.log.notes import split_note
from traceability.log.witness.__main__ import create_witness
from traceability.log.witness.places import WitnessPlace
from traceability.log_place import init_log, log_place
from traceability.publishing import lacks_witnesses, publish, signing_key
from traceability.service.log_entries import add_entry

ENTRIES = 20_000
GROUP = 1_000  # Committed together, as appenders who come at once would be.
APPENDED_A_SECOND = 3_000
WITNESSES = 3
PROOFS, FEW_PROOFS = 200, 60
PROOF_ROUNDS = 3
APPEND_ROUNDS = 3
MOST_SECONDS = 5
LOOK_SECONDS = 0.02  # How often we look for the proof.


def append_single_leaves(_bench: Bench) -> Result:
    """Entries a processor second: each by itself, committed in groups, published with tiles."""
    with _shop() as app, app.app_context():
        signing_key(log_place())
        rates = tuple(ENTRIES / _append_seconds() for _ in range(APPEND_ROUNDS))
    work = "append single entries, published, in a second of a core"
    return Result(work, "-", rates, APPENDED_A_SECOND, unit="/s")


def proof_under_a_witnessed_checkpoint(bench: Bench) -> Result:
    """Seconds from a batch's commit to the checkpoint that two of three witnesses cosigned."""
    with _shop() as app, app.app_context(), _witnessed(app), _publishing(app):
        proofs = bench.size(PROOFS, FEW_PROOFS)
        slow = tuple(_slow_proof_seconds(round_, proofs) for round_ in range(PROOF_ROUNDS))
    floor = f"99th of {proofs} batches, three witnesses"
    return Result(
        "a stamp's proof, witnessed", floor, slow, MOST_SECONDS, at_least=False, unit=" s"
    )


def _append_seconds() -> float:
    began = processor_seconds()
    for _ in range(0, ENTRIES, GROUP):
        with transaction(by=COMMAND) as work:
            for number in range(1, GROUP + 1):
                add_entry(work, "void", {"first": number, "last": number, "reason": "spoiled"})
    published = publish()
    assert published.new == ENTRIES, published
    return processor_seconds() - began


def _slow_proof_seconds(round_: int, proofs: int) -> float:
    """The 99th percentile: batches are issued one after another, at random moments."""
    draw, waited = random.Random(round_), list[float]()  # noqa: S311  # Moments, not secrets.
    for number in range(proofs):
        time.sleep(draw.uniform(0, 0.5))
        before = _witnessed_size()
        with transaction(by=COMMAND) as work:
            service.issue_stamps(work, lot_id=1 + (round_ * proofs + number) % 10_000, count=2)
        began = time.perf_counter()
        while _witnessed_size() == before:
            time.sleep(LOOK_SECONDS)
        waited.append(time.perf_counter() - began)
    return sorted(waited)[proofs * 99 // 100 - 1]


def _witnessed_size() -> int:
    """How many entries stand under a checkpoint that enough witnesses cosigned."""
    note = log_place().log.published_note()
    if note is None or lacks_witnesses():
        return -1
    return parse_checkpoint(split_note(note)[0]).size


@contextlib.contextmanager
def _shop() -> Iterator[Flask]:
    """The application on a file of its own, with goods."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/goc.sqlite3"
        settings = settings_for(url, Path(folder))
        migrate(settings)
        goods.fill(url)
        stamps.fill(url)
        yield create_app(settings)


@contextlib.contextmanager
def _witnessed(app: Flask) -> Iterator[None]:
    """Three witnesses as programs of their own."""
    key = signing_key(log_place()).verifying_key
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        places = []
        for number in range(WITNESSES):
            home = Path(folder) / f"{number}"
            home.mkdir()
            (home / "logs").write_text(f"log {key.text}\n", encoding="utf-8")
            name = f"witness-{number}.example"
            theirs = create_witness(home / "key", home / "memory", name=name, owner=name)
            running = stack.enter_context(process_of(home))
            places.append(WitnessPlace(theirs.witness_key, running.url, name))
        init_log(app, replace(log_place(), witnesses=tuple(places)))
        yield


@contextlib.contextmanager
def _publishing(app: Flask) -> Iterator[None]:
    """The worker's own entry of the timetable, looked at as often as a worker looks."""
    timetable = [entry for entry in TIMETABLE if entry.name == PUBLISHING]
    enter(timetable)
    is_over = threading.Event()

    def work() -> None:
        with app.app_context():
            while not is_over.wait(Pace().idle_seconds):
                run_due(timetable)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield
    finally:
        is_over.set()
        worker.join()
