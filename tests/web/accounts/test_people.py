"""People of an enterprise, by form: invited, changed, removed, and what each may see."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from accounts import queries
from accounts.invitation_links import public_id_of
from accounts.models import AccountChange, Person
from accounts.rules import Role
from core.dispatch.models import Dispatch
from core.work import COMMAND, reading, transaction
from tests.makers import make_enterprise, make_member, make_person, make_sign_in
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn


class _Coop:
    """A cooperative with its director Lan and a seller, Mai, each in a browser of their own."""

    def __init__(self, app: Flask) -> None:
        with transaction(by=COMMAND) as work:
            enterprise = make_enterprise(work, name="Mẫu – HTX")
            people = [
                make_person(work, sign_in=f"{at}@goc.example", name=name)
                for at, name in enumerate(("Lan", "Mai", "Tú"))
            ]
            make_member(work, enterprise=enterprise, person=people[0])
            make_member(work, enterprise=enterprise, person=people[1], role="seller")
            keys = [
                make_sign_in(work, person=one, enterprise=enterprise, key=one.name)
                for one in people
            ]
        self.id = enterprise.id
        self.mai_id = people[1].public_id
        self.lan, self.mai, self.tu = (
            SignedIn(app, key, for_enterprise=enterprise.public_id) for key in keys
        )

    def roles(self) -> list[tuple[str, Role]]:
        """Names and roles as they now are."""
        with reading() as session:
            return [(one.name, one.role) for one in queries.members(session, self.id)]

    def link(self, **fields: str) -> str:
        """The link of an invitation that Lan sends."""
        sent = self.lan.post(
            "/manage/people", {"name": "Tú", "role": "warehouse", "way": "link", **fields}
        )
        page = self.lan.get(sent.location).text
        return page.partition("https://")[2].partition("<")[0].partition("/")[2]


@pytest.fixture
def coop(app: Flask) -> _Coop:
    return _Coop(app)


def test_a_link_leads_from_the_director_to_a_member_who_acts_at_once(coop: _Coop) -> None:
    link = coop.link()
    token = link.rpartition("/")[2]

    card = coop.tu.get(f"/{link}")
    joined = coop.tu.post("/invitations/answer", {"token": token, "answer": "accept"})

    assert "Lan mời Tú vào Mẫu – HTX" in card.text
    assert (joined.status_code, joined.location) == (303, "/manage")
    assert coop.tu.get("/manage/lots").status_code == 200
    assert ("Tú", Role.WAREHOUSE) in coop.roles()
    assert coop.tu.get(f"/{link}").status_code == 409


def test_the_same_answer_sent_twice_is_one(coop: _Coop) -> None:
    form = {"token": coop.link().rpartition("/")[2], "answer": "accept", "request_id": "one"}

    first = coop.tu.post("/invitations/answer", form)
    second = coop.tu.post("/invitations/answer", form)

    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert coop.mai.post("/invitations/answer", {**form, "request_id": "x"}).status_code == 409
    assert len(coop.roles()) == 3


@pytest.mark.parametrize("token", ["", "0" * 26, "ế" * 26, "7K3MQ9T2XB"])
def test_a_link_that_is_none_of_ours_is_not_found(coop: _Coop, token: str) -> None:
    assert coop.tu.get(f"/invitations/{token}").status_code == 404
    answer = coop.tu.post("/invitations/answer", {"token": token, "answer": "accept"})
    assert answer.status_code == 409
    assert len(coop.roles()) == 2


def test_a_mark_of_one_invitation_opens_no_other(coop: _Coop, app: Flask) -> None:
    one, two = (coop.link().rpartition("/")[2] for _ in range(2))

    with app.app_context():
        assert public_id_of(one) == one[:10]
        assert public_id_of(one[:10] + two[10:]) is None


def test_a_removed_member_sees_nothing_at_the_very_next_request(coop: _Coop) -> None:
    assert coop.mai.get("/manage/people").status_code == 200

    coop.lan.post(f"/manage/people/{coop.mai_id}/remove")

    assert coop.mai.get("/manage/people").status_code == 403
    late = coop.mai.post("/manage/products", {"name": "Dao"})
    assert late.status_code in {403, 409}


def test_a_changed_role_counts_at_the_very_next_request(coop: _Coop) -> None:
    assert coop.mai.get("/manage/products/new").status_code == 200

    answer = coop.lan.post(f"/manage/people/{coop.mai_id}/role", {"role": "accountant"})

    assert answer.status_code == 303
    assert coop.mai.get("/manage/products/new").status_code == 403


def test_extra_fields_give_nobody_a_role(coop: _Coop) -> None:
    coop.mai.post("/manage/enterprise", {"enterprise": "x", "role": "director"})
    coop.tu.post(
        "/invitations/answer",
        {"token": coop.link().rpartition("/")[2], "answer": "accept", "role": "director"},
    )
    made_up = coop.lan.post(f"/manage/people/{coop.mai_id}/role", {"role": "operator"})

    assert made_up.status_code == 422
    assert dict(coop.roles()) == {
        "Lan": Role.DIRECTOR,
        "Mai": Role.SELLER,
        "Tú": Role.WAREHOUSE,
    }


def test_the_last_director_is_told_to_hand_over_first(coop: _Coop) -> None:
    answer = coop.lan.post("/manage/people/leave")

    assert answer.status_code == 409
    assert "người đứng đầu cuối cùng" in answer.text
    assert ("Lan", Role.DIRECTOR) in coop.roles()


def test_handing_over_needs_the_box_ticked(coop: _Coop) -> None:
    path = f"/manage/people/{coop.mai_id}/hand-over"

    assert coop.lan.post(path, {"own_role": "seller"}).status_code == 422
    assert coop.lan.post(path, {"own_role": "seller", "sure": "yes"}).status_code == 303
    assert coop.roles() == [("Mai", Role.DIRECTOR), ("Lan", Role.SELLER)]
    assert coop.lan.get("/manage/people/new").status_code == 403


def test_a_refused_invitation_form_keeps_what_was_typed(coop: _Coop) -> None:
    answer = coop.lan.post(
        "/manage/people", {"name": "Tú", "role": "seller", "way": "sign_in", "sign_in": "12"}
    )

    assert answer.status_code == 422
    assert "Xin ghi số điện thoại hoặc thư điện tử của người được mời." in answer.text
    assert 'value="Tú"' in answer.text
    assert 'value="12"' in answer.text


def test_forty_members_cost_no_more_statements_than_two(coop: _Coop) -> None:
    def statements() -> int:
        with counted_statements() as counted:
            coop.lan.get("/manage/people")
        return len(counted)

    few = statements()
    for number in range(40):
        coop.lan.post("/manage/people", {"name": f"Bà {number}", "role": "grower", "way": "paper"})

    assert statements() == few
    assert few <= 6
    assert "42 người" in coop.lan.get("/manage/people").text
    assert coop.lan.get("/manage/people?page=3").status_code == 404


def test_a_member_who_lost_a_number_is_moved_after_waiting_and_told(coop: _Coop) -> None:
    url = f"/manage/people/{coop.mai_id}/number"
    assert url in coop.lan.get(f"/manage/people/{coop.mai_id}").text

    assert coop.lan.post(url, {"sign_in": "0912 345 678"}).location == url

    assert "có hiệu lực" in coop.lan.get(url).text
    with reading() as session:
        change = session.scalars(select(AccountChange)).one()
        mai = session.scalars(select(Person).where(Person.name == "Mai")).one()
        told = session.scalars(select(Dispatch.target)).all()
    assert (change.person_id, change.kind, change.ended_at) == (mai.id, "sign_in", None)
    assert change.due_at - change.asked_at == timedelta(hours=72)
    assert change.asked_by_id not in {None, mai.id}
    assert (mai.sign_in, told) == ("1@goc.example", ["1@goc.example"])
    assert "đã xin chuyển Mai sang số điện thoại mới" in coop.lan.get("/manage/acts").text


@pytest.mark.parametrize("typed", ["", "12", "0@goc.example"])
def test_a_number_that_cannot_be_is_refused_beside_it(coop: _Coop, typed: str) -> None:
    answer = coop.lan.post(f"/manage/people/{coop.mai_id}/number", {"sign_in": typed})

    assert answer.status_code >= 400
    assert 'id="sign_in-error"' in answer.text
    with reading() as session:
        assert session.scalars(select(AccountChange)).all() == []


def test_only_a_director_asks_and_never_for_themselves_here(coop: _Coop) -> None:
    assert coop.mai.get(f"/manage/people/{coop.mai_id}/number").status_code == 403
    with reading() as session:
        lan = session.scalars(select(Person.public_id).where(Person.name == "Lan")).one()
        tu = session.scalars(select(Person.public_id).where(Person.name == "Tú")).one()
    assert coop.lan.get(f"/manage/people/{lan}/number").location == "/account/number"
    answer = coop.lan.post(f"/manage/people/{lan}/number", {"sign_in": "0912 345 678"})
    assert answer.location == "/account/number"
    foreign = coop.lan.post(f"/manage/people/{tu}/number", {"sign_in": "0912 345 678"})
    assert foreign.status_code == 404
    with reading() as session:
        assert session.scalars(select(AccountChange)).all() == []


def test_whoever_is_invited_by_number_gets_the_link_and_may_sign_up_first(
    coop: _Coop, client: FlaskClient
) -> None:
    link = coop.link(way="sign_in", sign_in="0912 345 678")
    with reading() as session:
        sms = session.scalars(select(Dispatch)).one()
    assert sms.target == "+84912345678"
    assert sms.words is not None
    assert sms.words.startswith("Goc: ")
    assert sms.words.endswith(f"/{link}")
    assert len(sms.words) <= 160

    card = client.get(f"/{link}")

    assert f'href="/sign-up?next=/{link}"' in card.text


def test_an_invitation_by_link_alone_is_sent_to_nobody(coop: _Coop) -> None:
    coop.link()

    with reading() as session:
        assert session.scalars(select(Dispatch)).all() == []
