from flask import Flask
from sqlalchemy import func, select

from core.work import reading
from tests.race.crowd import rush
from tests.web.api.program import Program, director_with
from tests.web.api.stamping import new_lot
from traceability.models import Stamp, StampBatch, StampQuota


def stamps_and_taken() -> tuple[int, int]:
    """How many stamps there are, and how many the one lot's quota counts."""
    with reading() as session:
        made = session.scalar(select(func.count()).select_from(Stamp)) or 0
        return made, session.scalars(select(StampQuota.issued)).one()


def test_programs_at_one_quota_get_it_once_and_the_rest_hear_what_is_left(app: Flask) -> None:
    program, lot = director_with(app), new_lot(declared=50)

    def issue(_hand: int) -> tuple[int, int | None]:
        asking = Program(app.test_client(), program.token)
        answer = asking.post("/stamps", {"lot": lot, "count": 20})
        return answer.status_code, answer.json.get("left")

    answers, refusals = rush(app, issue, people=8)

    assert refusals == []
    assert sorted(answers, key=str) == [(202, None)] * 2 + [(409, 10)] * 6
    assert stamps_and_taken() == (40, 40)


def test_one_key_sent_sixteen_times_at_once_issues_one_batch(app: Flask) -> None:
    program, lot = director_with(app), new_lot(declared=640)

    def issue(_hand: int) -> tuple[int, str]:
        asking = Program(app.test_client(), program.token)
        answer = asking.post("/stamps", {"lot": lot, "count": 20}, idempotency_key="K-1")
        return answer.status_code, answer.json["public_id"]

    answers, refusals = rush(app, issue, people=16)

    assert refusals == []
    assert len(set(answers)) == 1
    assert answers[0][0] == 202
    assert stamps_and_taken() == (20, 20)
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(StampBatch)) == 1
