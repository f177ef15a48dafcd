import pytest

from core import giving_way
from core.database import dialect_of
from core.giving_way import REST_SECONDS
from core.jobs import enqueue
from core.work import COMMAND, reading, transaction
from core.worker.handle import JobHandle
from core.worker.jobs import run_next

pytestmark = pytest.mark.usefixtures("app")

# When a waiter of SQLite asks again, in seconds (`sqliteDefaultBusyCallback` of sqlite3.c).
ASKS_AFTER = (0.001, 0.002, 0.005, 0.010, 0.015, 0.020, 0.025, 0.025, 0.025)


def test_a_job_rests_between_its_pieces_so_that_others_write(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    happened: list[object] = []
    monkeypatch.setattr(giving_way, "sleep", happened.append)
    with transaction(by=COMMAND) as work:
        enqueue(work, kind="fill", arguments={}, total=3)

    def fill(job: JobHandle) -> None:
        for number in range(3):
            with job.piece(number):
                happened.append(f"piece {number}")

    run_next({"fill": fill})

    with reading() as session:
        rest = [REST_SECONDS] if dialect_of(session) == "sqlite" else []
    assert happened == ["piece 0", *rest, "piece 1", *rest, "piece 2"]


def test_whoever_waits_for_a_piece_asks_again_within_the_rest_after_it() -> None:
    assert max(ASKS_AFTER) <= REST_SECONDS
    assert sum(ASKS_AFTER) > 0.12  # A piece of 5,000 stamps is over by then.
