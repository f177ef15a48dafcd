"""Practice begun by many taps at once."""

from flask import Flask
from sqlalchemy import select

from accounts import service
from accounts.models import Practice
from core.work import COMMAND, By, reading, transaction
from tests.makers import make_person
from tests.race.crowd import rush


def test_eight_taps_at_once_begin_one_practice(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        ha = make_person(work)

    def start(_number: int) -> int:
        with transaction(by=By("person", ha.id)) as work:
            return service.start_practice(work, name="Tập thử của Hà")

    answers, refusals = rush(app, start, people=8)

    assert refusals == []
    assert len(set(answers)) == 1
    with reading() as session:
        assert len(session.scalars(select(Practice)).all()) == 1


def test_ending_and_beginning_at_once_leave_at_most_one_open(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        ha = make_person(work)
    with transaction(by=By("person", ha.id)) as work:
        service.start_practice(work, name="Tập thử của Hà")

    def act(number: int) -> None:
        with transaction(by=By("person", ha.id)) as work:
            if number % 2:
                service.end_practice(work)
            else:
                service.start_practice(work, name="Tập thử của Hà")

    _, refusals = rush(app, act, people=8)

    assert refusals == []
    with reading() as session:
        still_open = session.scalars(select(Practice).where(Practice.ended_at.is_(None))).all()
    assert len(still_open) <= 1
