"""Two checkpoints at once: a witness follows one history, whoever asks first."""

from pathlib import Path
from threading import Barrier, Thread

from tests.unit.traceability.log.witness.makers import NOON, ORIGIN, SmallLog, make_witness, reopen
from traceability.log.witness.refusals import WitnessRefusal
from traceability.log.witness.witness import Witness

AT_ONCE = 8


def test_of_many_histories_at_once_one_is_cosigned(tmp_path: Path) -> None:
    log = SmallLog()
    make_witness(tmp_path / "w", log)
    witnesses = [reopen(tmp_path / "w") for _ in range(AT_ONCE)]  # As many programs would.
    bodies = [log.body(0, 5, word=f"history {number}") for number in range(AT_ONCE)]

    signed, statuses = _rush(witnesses, bodies)

    assert len(signed) == 1
    assert statuses == [409] * (AT_ONCE - 1)
    kept = witnesses[0].store.latest(ORIGIN)
    assert kept.note == log.note(5, word=f"history {signed[0]}")


def test_many_threads_of_one_witness_never_roll_it_back(tmp_path: Path) -> None:
    log = SmallLog()
    witness = make_witness(tmp_path / "w", log)
    witness.add_checkpoint(log.body(0, 5), at=NOON)
    bodies = [log.body(5, 6 + number) for number in range(AT_ONCE)]

    signed, statuses = _rush([witness] * AT_ONCE, bodies)

    assert len(signed) == 1
    assert statuses == [409] * (AT_ONCE - 1)
    assert witness.store.latest(ORIGIN).size == 6 + signed[0]


def _rush(witnesses: list[Witness], bodies: list[bytes]) -> tuple[list[int], list[int]]:
    """Ask all at the same moment: the numbers of those cosigned, the statuses of the others."""
    signed: list[int] = []
    statuses: list[int] = []
    start = Barrier(len(bodies))

    def ask(number: int) -> None:
        start.wait()
        try:
            witnesses[number].add_checkpoint(bodies[number], at=NOON)
        except WitnessRefusal as refusal:
            statuses.append(refusal.status)
        else:
            signed.append(number)

    threads = [Thread(target=ask, args=(number,)) for number in range(len(bodies))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return signed, statuses
