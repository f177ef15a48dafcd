from flask import Flask
from sqlalchemy import func, select

from catalog import service
from catalog.errors import NotWaiting
from catalog.models import Recognition
from core.messages import Message
from core.work import COMMAND, By, transaction
from tests.makers import make_person, make_product, make_recognition
from tests.race.crowd import rush


def test_of_officers_who_confirm_and_refuse_at_once_one_decides(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        recognition_id = make_recognition(work, product=make_product(work)).id
        officer = By("person", make_person(work).id)

    def decide(person: int) -> str:
        with transaction(by=officer) as work:
            if person % 2:
                service.confirm_recognition(work, recognition_id=recognition_id, version=1)
                return "confirmed"
            service.refuse_recognition(
                work, recognition_id=recognition_id, version=1, reason="Sai số sao."
            )
            return "refused"

    answers, refusals = rush(app, decide)

    assert [type(refusal) for refusal in refusals] == [NotWaiting] * 15
    with transaction(by=COMMAND) as work:
        stored = work.session.get_one(Recognition, recognition_id)
        assert ([stored.review], stored.version) == (answers, 2)
        assert (stored.confirmed_at is None) == (stored.review == "refused")
        assert (stored.refusal is None) == (stored.review == "confirmed")
        assert work.session.scalar(select(func.count()).select_from(Message)) == 1
