from collections import Counter

from sqlalchemy import select

from accounts import queries
from accounts.models import Enterprise, Membership
from accounts.rules import Role
from app.demo.load import load_demo
from app.demo.people import PEOPLE, load_people
from core.clock import day_of
from core.work import Work
from traceability.models import StampAlarm, StampDelivery, StampSale, StampTally


def test_everybody_of_the_contract_can_sign_in_and_is_what_it_says(work: Work) -> None:
    load_demo(work)

    assert load_people(work, password_hash="hash", pin_hash="pin") == len(PEOPLE) == 13

    told = {person.sign_in.split("@")[0]: person for person in queries.demo_people(work.session)}
    assert set(told) == {
        *("buyer", "producer", "coop", "packer", "grower", "accountant"),
        *("dealer", "helper", "commune", "province", "operator", "family", "newcomer"),
    }
    assert told["producer"].enterprise == "Mẫu – Lò rèn Phúc Sen"
    assert told["packer"].role == Role.WAREHOUSE
    assert told["buyer"].enterprise is None
    assert told["operator"].office == Role.OPERATOR
    office = queries.who_named(work.session, "commune@goc.example", now=work.now)
    assert office is not None
    assert (office.offices[0].province_code, office.offices[0].commune_code) == ("4", "01576")


def test_the_tea_cooperative_has_forty_members_and_all_belong_to_samples(work: Work) -> None:
    load_demo(work)
    load_people(work, password_hash="hash", pin_hash="pin")

    names = Counter(
        work.session.scalars(
            select(Enterprise.name).join(Membership, Membership.enterprise_id == Enterprise.id)
        )
    )
    assert names["Mẫu – HTX chè đồi Nà Lạn"] == 40
    assert all(name.startswith("Mẫu –") for name in names)


def test_the_people_are_entered_once(work: Work) -> None:
    load_demo(work)
    load_people(work, password_hash="hash", pin_hash="pin")

    assert load_people(work, password_hash="other", pin_hash="pin") == 0
    assert queries.password_of(work.session, "buyer@goc.example") is not None


def test_the_tea_s_director_answered_the_first_alarm_and_the_second_waits(work: Work) -> None:
    load_demo(work)
    load_people(work, password_hash="hash", pin_hash="pin")

    alarms = work.session.scalars(select(StampAlarm).order_by(StampAlarm.raised_at)).all()
    director = queries.password_of(work.session, "coop@goc.example")
    assert director is not None
    answers = [(alarm.answer, alarm.by_person_id, alarm.occasions) for alarm in alarms]
    assert answers == [("ours", director[0], 5), (None, None, 2)]
    assert alarms[0].answered_at is not None
    assert alarms[0].answered_at > alarms[0].raised_at


def test_the_smith_s_dealer_holds_stamps_and_sold_one_that_nobody_had_looked_at(work: Work) -> None:
    load_demo(work)
    load_people(work, password_hash="hash", pin_hash="pin")

    [handed] = work.session.scalars(select(StampDelivery))
    [sale] = work.session.scalars(select(StampSale))
    assert (handed.first, handed.last, handed.state) == (69, 78, "confirmed")
    assert (work.today - day_of(sale.sold_at)).days == 1
    looked = select(StampTally.serial).where(StampTally.serial == sale.serial)
    assert work.session.scalars(looked).all() == []
