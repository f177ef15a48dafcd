import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from accounts import passwords
from accounts.models import Appointment, Person
from core.work import reading

SECRET = "bốn từ ghép lại"


@pytest.fixture(autouse=True)
def _fresh_counters(app: Flask) -> None:
    app.extensions["misses"] = type(app.extensions["misses"])()


def _invite(app: Flask) -> str:
    """The path of the link that `people add` prints."""
    answer = app.test_cli_runner().invoke(
        args=["people", "add", "Lan@goc.example", "--role", "officer", "--area", "4"]
    )
    assert answer.exit_code == 0, answer.output
    assert re.fullmatch(r"https://goc\.example/password/[0-9A-Z]{26}\n", answer.stdout)
    return answer.stdout.strip().removeprefix("https://goc.example")


def test_the_printed_link_sets_a_password_that_opens_the_office(
    app: Flask, client: FlaskClient
) -> None:
    link = _invite(app)
    assert client.get(link).status_code == 200
    assert client.get(link).status_code == 200  # A preview of a chat does not use it up.

    answer = client.post(link, data={"password": SECRET, "again": SECRET})

    assert (answer.status_code, answer.location) == (303, "/sign-in")
    signed_in = client.post("/sign-in", data={"sign_in": "lan@goc.example", "password": SECRET})
    assert signed_in.location == "/office"
    assert "Cao Bằng" in client.get("/office").text


def test_a_used_link_is_no_link(app: Flask, client: FlaskClient) -> None:
    link = _invite(app)
    client.post(link, data={"password": SECRET, "again": SECRET})

    for answer in (client.get(link), client.post(link, data={"password": "x" * 9, "again": "x"})):
        assert answer.status_code == 404
        assert "Đường dẫn này đã dùng rồi hoặc đã quá hạn." in answer.text
    with reading() as session:
        stored = session.scalars(select(Person.password_hash)).one()
    assert passwords.is_right(SECRET, stored)


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [
        ("ngắn", "ngắn", "Xin viết dài hơn: ít nhất 8 chữ cái."),
        (SECRET, SECRET + "!", "Hai lần gõ chưa giống nhau."),
        ("a" * 201, "a" * 201, "Xin viết ngắn hơn: nhiều nhất 200 chữ cái."),
        ("", "", "Xin điền ô này."),
    ],
)
def test_an_unfit_password_is_said_beside_its_field_and_never_shown(
    app: Flask, client: FlaskClient, password: str, again: str, sentence: str
) -> None:
    answer = client.post(_invite(app), data={"password": password, "again": again})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert password == "" or f'value="{password}"' not in answer.text
    with reading() as session:
        assert session.scalars(select(Person.password_hash)).one() is None


def test_guessing_links_is_slowed(client: FlaskClient) -> None:
    answers = [client.get(f"/password/{number:026}").status_code for number in range(21)]

    assert answers == [404] * 20 + [429]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["lan", "--role", "officer"], "lan không phải là thư điện tử hay số điện thoại."),
        (
            ["lan@goc.example", "--role", "officer", "--area", "99"],
            "Không có tỉnh hay xã nào mang mã 99.",
        ),
    ],
)
def test_a_refusal_is_one_sentence_and_exit_one(
    app: Flask, arguments: list[str], sentence: str
) -> None:
    answer = app.test_cli_runner().invoke(args=["people", "add", *arguments])

    assert (answer.exit_code, answer.stdout, answer.stderr) == (1, "", sentence + "\n")
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 0
        assert session.scalar(select(func.count()).select_from(Appointment)) == 0


def test_a_second_invitation_to_another_office_says_that_the_first_ended(app: Flask) -> None:
    _invite(app)

    answer = app.test_cli_runner().invoke(
        args=["people", "add", "lan@goc.example", "--role", "operator"]
    )

    assert answer.exit_code == 0
    assert answer.stdout.startswith("https://goc.example/password/")
    assert answer.stderr == ("Lời mời trước của lan@goc.example đã hết; chức vụ nay như vừa ghi.\n")
