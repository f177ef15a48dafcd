"""Three witnesses of the application's log, at work or asleep, and what a proof then comes to."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from core.work import COMMAND, reading, transaction
from tests.makers import make_batch
from tests.servers.processes import free_port
from tests.unit.traceability.log.witness.serving import served
from traceability import proving, queries
from traceability.log.checking import Outcome, check_stamp
from traceability.log.policy import parse_policy
from traceability.log.proofs import StampProof
from traceability.log.witness.__main__ import create_witness, open_witness
from traceability.log.witness.places import WitnessPlace
from traceability.log.witness.witness import Witness
from traceability.log_place import init_log, log_place
from traceability.models import Stamp
from traceability.publishing import signing_key


def issue(batches: int = 1) -> None:
    """Issue batches: two entries the first of a maker, its key and the batch."""
    with transaction(by=COMMAND) as work:
        for _ in range(batches):
            make_batch(work)


def three_witnesses(folder: Path) -> list[Witness]:
    """Three witnesses of the application's log."""
    return [_witness(folder / f"{number}", number) for number in (1, 2, 3)]


@contextmanager
def at_work(
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


def any_proof() -> StampProof:
    """The proof of the first stamp."""
    with reading() as session:
        first = select(Stamp.serial).order_by(Stamp.batch_id, Stamp.ordinal).limit(1)
        serial = session.scalars(first).one()
        stamp = queries.stamp_row(session, serial)
        assert stamp is not None
        return proving.stamp_proof(session, stamp, log_place())


def checked(proof: StampProof) -> Outcome:
    """What a proof comes to for a stranger who has the log's policy."""
    return check_stamp(proof, parse_policy((log_place().folder / "policy").read_text())).outcome


def _witness(home: Path, number: int) -> Witness:
    home.mkdir()
    log_key = signing_key(log_place()).verifying_key
    (home / "logs").write_text(f"log {log_key.text}\n")
    create_witness(home / "key", home / "memory", name=f"w{number}.example", owner=f"W {number}")
    return open_witness(home / "key", home / "memory", home / "logs")
