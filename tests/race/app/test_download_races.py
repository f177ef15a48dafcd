"""Everything about oneself, asked for by an impatient hand on several pages at once."""

from flask import Flask
from sqlalchemy import func, select

from app.personal_export import EXPORTING
from core.jobs import Job
from core.work import COMMAND, reading, transaction
from tests.makers import make_person, make_sign_in
from tests.race.crowd import rush
from tests.web.signed_in import SignedIn


def test_sixteen_pages_that_ask_at_once_begin_one_gathering(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        key = make_sign_in(work, person=make_person(work))

    def ask(_page: int) -> tuple[int, str | None]:
        answer = SignedIn(app, key).post("/account/privacy/download")
        return answer.status_code, answer.location

    answers, _ = rush(app, ask)

    assert answers == [(303, "/account/privacy")] * 16
    with reading() as session:
        jobs = select(func.count()).select_from(Job).where(Job.kind == EXPORTING)
        assert session.scalar(jobs) == 1
