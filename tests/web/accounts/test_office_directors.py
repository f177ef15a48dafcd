"""The officer's page of a director who lost their number, or hands a household over."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from accounts import tasks
from accounts.models import AccountChange, Appointment, Membership, Person
from core.photos.models import Photo
from core.work import COMMAND, reading, transaction
from tests.makers import (
    make_consent,
    make_enterprise,
    make_member,
    make_officer,
    make_person,
    make_sign_in,
)
from tests.pictures import jpeg
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn

NEW = "0987 654 321"


class _Office:
    """Hà directs a household of Cao Bằng; Lan is the officer there."""

    def __init__(self, app: Flask) -> None:
        with transaction(by=COMMAND) as work:
            self.smithy = make_enterprise(work)
            self.smithy.kind = "household"
            self.ha = make_person(work, sign_in="+84912345678", name="Hà")
            self.lan = make_person(work, sign_in="lan@goc.example", name="Lan")
            make_member(work, enterprise=self.smithy, person=self.ha)
            make_officer(work, person=self.lan)
            keys = [
                make_sign_in(work, person=self.ha, enterprise=self.smithy, key="ha"),
                make_sign_in(work, person=self.lan, key="lan"),
            ]
        self.app = app
        self.producer = SignedIn(app, keys[0], for_enterprise=self.smithy.public_id)
        self.officer = SignedIn(app, keys[1])
        self.url = f"/office/enterprises/{self.smithy.public_id}/director"

    def send(self, *, without: str = "", **fields: str) -> TestResponse:
        """What the officer is answered who sends the form, a field left out or changed."""
        typed: dict[str, object] = {
            "director": self.ha.public_id,
            "asked": "heir",
            "heir": "Mai",
            "sign_in": NEW,
            "reason": "Ông yếu, con gái làm thay",
            "paper": (BytesIO(b"%PDF-1.7 signed"), "don.pdf"),
            **fields,
        }
        typed.pop(without, None)
        return self.officer.post(self.url, typed, content_type="multipart/form-data")

    def change(self) -> AccountChange:
        with reading() as session:
            return session.scalars(select(AccountChange)).one()


def none_asked() -> bool:
    with reading() as session:
        return session.scalars(select(AccountChange.id)).all() == []


@pytest.fixture
def office(app: Flask) -> _Office:
    return _Office(app)


def test_an_officer_hands_a_household_over_and_everybody_concerned_reads_it(
    office: _Office,
) -> None:
    shown = office.officer.get(f"/office/enterprises/{office.smithy.public_id}").text
    assert f'href="{office.url}"' in shown

    assert office.send().location == office.url

    change = office.change()
    assert (change.kind, change.person_id, change.value) == (
        "hand_over",
        office.ha.id,
        "+84987654321",
    )
    assert change.asked_by_id == office.lan.id
    assert change.due_at - change.asked_at == timedelta(hours=72)
    page = office.officer.get(office.url).text
    assert "Hà giao cho Mai" in page
    assert "<form" not in page.partition("<main")[2].partition("</main")[0]
    account = office.producer.get("/account").text
    assert "Mai (số 0987 654 321) sẽ thay bạn đứng đầu Mẫu – Lò rèn Hà" in account
    assert "Ông yếu, con gái làm thay" in account
    assert "Cán bộ đã nhận giấy xin giao việc đứng đầu" in office.producer.get("/manage").text
    acts = office.producer.get("/manage/acts").text
    assert "đã nhận giấy xin giao việc đứng đầu của Hà cho người khác" in acts


def test_the_paper_is_read_by_officers_of_the_area_and_whom_it_concerns_alone(
    office: _Office, app: Flask
) -> None:
    office.send()
    id_ = office.change().public_id
    with transaction(by=COMMAND) as work:
        tu = make_person(work, sign_in="tu@goc.example", name="Tú")
        away = make_officer(work, person=tu)
        work.session.get_one(Appointment, away.id).province_code = "1"
        stranger = SignedIn(app, make_sign_in(work, person=tu, key="tu"))

    for answer in (
        office.producer.get(f"/account/paper-changes/{id_}"),
        office.officer.get(f"/office/paper-changes/{id_}"),
    ):
        assert (answer.status_code, answer.data) == (200, b"%PDF-1.7 signed")

    assert stranger.get(f"/office/paper-changes/{id_}").status_code == 404
    assert stranger.get(f"/account/paper-changes/{id_}").status_code == 404
    assert stranger.get(office.url).status_code == 404
    assert office.producer.get(f"/office/paper-changes/{id_}").status_code == 403


def test_the_director_stops_it_from_a_device(office: _Office) -> None:
    office.send()

    office.producer.post("/account/changes/stop", {"change": office.change().public_id})

    assert office.change().outcome == "stopped"
    page = office.officer.get(office.url).text
    assert "người bán đã dừng lại" in page
    assert 'name="paper"' in page
    assert "đã dừng việc đổi xin qua cán bộ" in office.producer.get("/manage/acts").text


def test_who_takes_over_sees_the_paper_and_the_household(office: _Office, app: Flask) -> None:
    office.send()
    with transaction(by=COMMAND) as work:
        work.session.scalars(select(AccountChange)).one().due_at = work.now

    tasks.apply_changes()

    with transaction(by=COMMAND) as work:
        mai = work.session.scalars(select(Person).where(Person.name == "Mai")).one()
        held = select(Membership.role).where(Membership.person_id == mai.id)
        assert work.session.scalars(held).one() == "director"
        key = make_sign_in(work, person=mai, enterprise=office.smithy, key="mai")
    heir = SignedIn(app, key, for_enterprise=office.smithy.public_id)
    link = f"/account/paper-changes/{office.change().public_id}"
    assert link in heir.get("/manage").text
    assert heir.get(link).status_code == 200
    assert "Mẫu – Lò rèn Hà" not in office.producer.get("/manage").text
    assert "đã giao việc đứng đầu cho Mai" in heir.get("/manage/acts").text


def test_a_lost_number_of_a_director_moves_by_the_same_page(office: _Office) -> None:
    assert office.send(asked="number", without="heir").location == office.url

    assert (office.change().kind, office.change().heir_name) == ("sign_in", None)
    assert "Hà chuyển sang số mới" in office.officer.get(office.url).text


@pytest.mark.parametrize(
    ("without", "changed", "at", "status"),
    [
        ("paper", {}, "paper", 422),
        ("reason", {}, "reason", 422),
        ("heir", {}, "heir", 422),
        ("", {"sign_in": "12"}, "sign_in", 422),
        ("", {"sign_in": "lan@goc.example"}, "sign_in", 422),
        ("", {"sign_in": "0912 345 678"}, "sign_in", 422),
        ("", {"director": "0000000000"}, "director", 409),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_it(
    office: _Office, without: str, changed: dict[str, str], at: str, status: int
) -> None:
    answer = office.send(without=without, **changed)

    assert answer.status_code == status
    assert f'id="{at}-error"' in answer.text
    assert none_asked()


def test_a_second_asking_is_refused_and_keeps_no_paper(office: _Office) -> None:
    office.send()

    answer = office.send(sign_in="0987 654 322")

    assert answer.status_code == 409
    with reading() as session:
        states = session.scalars(select(Photo.state).order_by(Photo.id)).all()
    assert states == ["kept", "arriving"]
    assert office.change().value == "+84987654321"


@pytest.mark.parametrize("bond", ["member", "helper"])
def test_an_officer_who_belongs_to_it_or_helps_it_may_not(office: _Office, bond: str) -> None:
    with transaction(by=COMMAND) as work:
        if bond == "member":
            make_member(work, enterprise=office.smithy, person=office.lan, role="seller")
        else:
            make_consent(work, enterprise=office.smithy, helper=office.lan)

    assert office.officer.get(office.url).status_code == 403
    assert office.send().status_code == 403
    assert none_asked()


def test_a_cooperative_is_offered_no_hand_over(office: _Office) -> None:
    with transaction(by=COMMAND) as work:
        work.session.merge(office.smithy).kind = "cooperative"

    assert 'value="heir"' not in office.officer.get(office.url).text
    answer = office.send()
    assert answer.status_code == 422
    assert 'id="asked-error"' in answer.text
    assert none_asked()


def test_the_page_asks_few_questions(office: _Office) -> None:
    office.send(paper=(BytesIO(jpeg()), "don.jpg"))  # type: ignore[arg-type]  # A file.

    with counted_statements() as sent:
        office.officer.get(office.url)

    assert len(sent) <= 8
