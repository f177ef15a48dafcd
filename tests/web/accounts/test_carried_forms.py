"""A form whose sign-in ended waits through every way in, and is found as it was."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from accounts import passwords, service
from accounts.models import Person, SignIn
from core import clock
from core.dispatch.models import Dispatch
from core.work import COMMAND, reading, transaction
from tests.factors import code_at, give_app
from tests.makers import make_enterprise, make_member, make_person
from tests.statements import counted_statements

TYPED, PHONE = "0912 345 678", "+84912345678"
STORY = "Nhà tôi sao chè bằng “chảo gang”, <từ đời ông>."


@pytest.fixture
def draft(client: FlaskClient) -> str:
    """Sent by Hà, whose sign-in has ended; what the page carries on."""
    asked = client.post("/account/password", data={"story": STORY, "version": "3"})
    assert asked.status_code == 401
    return carried(asked)


@pytest.fixture
def ha(app: Flask) -> int:
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in=PHONE)
        person.password_hash = passwords.hash_of("demo-goc")
        make_member(work, enterprise=make_enterprise(work), person=person)
        return person.id


def carried(answer: TestResponse) -> str:
    [*all_] = set(re.findall(r'name="draft" value="([^"]+)"', answer.text))
    assert len(all_) == 1  # Every form of the page carries the same.
    return str(all_[0])


def last_code() -> str:
    with reading() as session:
        words = session.scalars(select(Dispatch.words).order_by(Dispatch.id.desc())).first()
    found = re.search(r"\d{6}", words or "")
    assert found is not None
    return found[0]


def sign_ins() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(SignIn)) or 0


def is_found_as_it_was(answer: TestResponse) -> bool:
    assert answer.status_code == 200
    assert "Phần bạn vừa gõ còn nguyên" in answer.text
    assert 'action="/account/password"' in answer.text
    assert 'name="version" value="3"' in answer.text
    return "&lt;từ đời ông&gt;." in answer.text


def to_the_code(client: FlaskClient, draft: str) -> TestResponse:
    """From the sign-in page by its button to the number, and on to where the code is typed."""
    here = client.post("/sign-in/code", data={"draft": draft})
    assert (here.status_code, "refusal" in here.text) == (200, False)
    return client.post("/sign-in/code", data={"sign_in": TYPED, "draft": carried(here)})


def test_it_waits_for_a_code(client: FlaskClient, ha: int, draft: str) -> None:
    page = to_the_code(client, draft)
    assert carried(page) == draft
    wrong = client.post("/code", data={"code": "000000", "draft": draft})
    assert (wrong.status_code, carried(wrong)) == (422, draft)
    again = client.post("/code/again", data={"draft": draft})
    assert carried(again) == draft

    done = client.post("/code", data={"code": last_code(), "draft": draft})

    assert is_found_as_it_was(done)
    assert client.get("/account").status_code == 200


def test_it_waits_while_a_number_is_corrected(client: FlaskClient, ha: int, draft: str) -> None:
    refused = client.post("/sign-in/code", data={"sign_in": "không nhớ", "draft": draft})
    assert (refused.status_code, carried(refused)) == (422, draft)

    back = client.post("/sign-in", data={"draft": draft})

    assert (back.status_code, carried(back)) == (200, draft)
    assert sign_ins() == 0


@pytest.mark.parametrize("way", ["code", "password"])
def test_it_waits_for_the_pin_of_one_of_several(
    client: FlaskClient, ha: int, draft: str, way: str
) -> None:
    with transaction(by=COMMAND) as work:
        pin = passwords.hash_of("1470")
        service.share_phone(work, phone=PHONE, person_id=ha, pin_hash=passwords.hash_of("2580"))
        service.add_behind(work, phone=PHONE, name="Mai", pin_hash=pin)
        chosen = work.session.scalars(select(Person.public_id).where(Person.name == "Mai")).one()
    if way == "code":
        to_the_code(client, draft)
        names = client.post("/code", data={"code": last_code(), "draft": draft})
    else:
        typed = {"sign_in": TYPED, "password": "demo-goc", "draft": draft}
        names = client.post("/sign-in", data=typed)
    assert "Ai đang dùng?" in names.text
    wrong = client.post(
        "/sign-in/person", data={"person": chosen, "pin": "0000", "draft": carried(names)}
    )
    assert carried(wrong) == draft
    assert sign_ins() == 0

    done = client.post("/sign-in/person", data={"person": chosen, "pin": "1470", "draft": draft})

    assert is_found_as_it_was(done)
    assert sign_ins() == 1


def test_it_waits_for_a_code_and_for_the_second_thing(
    client: FlaskClient, ha: int, draft: str
) -> None:
    with transaction(by=COMMAND) as work:
        give_app(work, work.session.get_one(Person, ha))
    to_the_code(client, draft)
    asked = client.post("/code", data={"code": last_code(), "draft": draft})
    assert "Bước hai" in asked.text
    wrong = client.post("/sign-in/second", data={"code": "000000", "draft": carried(asked)})
    assert carried(wrong) == draft

    done = client.post("/sign-in/second", data={"code": code_at(clock.now()), "draft": draft})

    assert is_found_as_it_was(done)


@pytest.mark.parametrize("path", ["/code", "/code/again", "/sign-in/person", "/sign-in/second"])
def test_a_step_that_is_over_leads_back_with_it(
    client: FlaskClient, ha: int, draft: str, path: str
) -> None:
    over = client.post(path, data={"code": "123456", "draft": draft})

    assert over.status_code >= 400
    assert carried(over) == draft
    assert f'action="/sign-in{"" if path.endswith("second") else "/code"}"' in over.text
    assert sign_ins() == 0


def test_without_a_form_to_carry_the_ways_are_plain_links(client: FlaskClient, ha: int) -> None:
    page = client.get("/sign-in?next=/manage/lots")
    assert 'href="/sign-in/code?next=%2Fmanage%2Flots"' in page.text
    assert 'name="draft"' not in page.text

    asked = client.post("/sign-in/code", data={"sign_in": TYPED})

    assert (asked.status_code, asked.location) == (303, "/code")


def test_a_foreign_form_is_carried_nowhere(client: FlaskClient, ha: int) -> None:
    client.post("/sign-in/code", data={"sign_in": TYPED, "draft": "forged"})
    done = client.post("/code", data={"code": last_code(), "draft": "forged"})

    assert (done.status_code, done.location) == (303, "/manage")


def test_to_carry_a_form_costs_one_more_statement(client: FlaskClient, ha: int, draft: str) -> None:
    with counted_statements() as plain:
        client.post("/sign-in/code", data={"sign_in": TYPED})
    with counted_statements() as carrying:
        client.post("/sign-in/code", data={"sign_in": TYPED, "draft": draft})

    assert len(carrying) <= len(plain) + 2
