from flask import Flask
from sqlalchemy import select

from accounts import service
from accounts.handing_errors import ChangeWaits
from accounts.models import AccountChange
from core.work import COMMAND, By, reading, transaction
from tests.makers import make_enterprise, make_member, make_person
from tests.pictures import make_photo
from tests.race.crowd import rush


def test_of_many_officers_who_hand_over_one_household_at_once_one_asks(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        enterprise = make_enterprise(work)
        enterprise.kind = "household"
        directors = [make_person(work, sign_in=f"{at}@goc.example") for at in range(2)]
        for director in directors:
            make_member(work, enterprise=enterprise, person=director)
        officer = make_person(work, sign_in="lan@goc.example")
        paper_id = make_photo(work, enterprise_id=enterprise.id, kind="paper").id

    def ask(at: int) -> str:
        number = f"+8491234560{at}"
        seen = service.Seen(enterprise.id, directors[at % 2].id, number, "Ông yếu", paper_id)
        with transaction(by=By("person", officer.id)) as work:
            if at < 4:
                return service.ask_hand_over(work, seen=seen, heir_name="Mai").public_id
            return service.ask_number_of_director(work, seen=seen).public_id

    answers, refusals = rush(app, ask, people=8)

    with reading() as session:
        assert session.scalars(select(AccountChange.public_id)).all() == answers
    assert len(answers) == 1
    assert [type(one) for one in refusals] == [ChangeWaits] * 7
