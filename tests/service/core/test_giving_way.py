import pytest

from core import giving_way
from core.database import dialect_of
from core.giving_way import REST_SECONDS
from core.jobs import enqueue
from core.work import COMMAND, reading, transaction
from core.worker.handle import JobHandle
from core.worker.jobs import run_next

pytestmark = pytest.mark.usefixtures("app")


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


def test_what_goes_in_turns_rests_between_two_pieces_and_not_after_the_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    happened: list[object] = []
    monkeypatch.setattr(giving_way, "let_others_write", lambda: happened.append("rest"))

    def do_piece() -> bool:
        happened.append("piece")
        return happened.count("piece") < 3

    giving_way.in_turns(do_piece)

    assert happened == ["piece", "rest", "piece", "rest", "piece"]
