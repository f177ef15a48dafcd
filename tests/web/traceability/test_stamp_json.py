import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.work import COMMAND, reading, transaction
from tests.makers import make_batch
from traceability import queries, service
from traceability.routes.stamp import MISSES
from traceability.routes.stamp_json import EXAMPLE, StampCheck
from traceability.rules import serial_text

UNKNOWN = "7K3MQ9T2XB40G"
MALFORMED = "7K3MQ9T2XB40H"
PHONE = "Mozilla/5.0 (Linux; Android 14) Mobile"


@pytest.fixture
def serial(app: Flask) -> str:
    """The serial of a stamp that is active since just now."""
    with transaction(by=COMMAND) as work:
        batch = make_batch(work, count=1)
        service.activate_stamps(work, batch_id=batch.id, first=1, last=1)
    with reading() as session:
        return serial_text(queries.serials_at(session, batch.id, [1])[1])


def ask(client: FlaskClient, serial: str, accept: str | None = "application/json") -> TestResponse:
    headers = {"User-Agent": PHONE} | ({"Accept": accept} if accept is not None else {})
    return client.get(f"/s/{serial}", headers=headers)


def test_a_program_reads_what_is_recorded_word_for_word_as_described(
    client: FlaskClient, serial: str
) -> None:
    answer = ask(client, serial)

    told = answer.get_json()
    assert answer.status_code == 200
    assert told == {
        "verdict": "first_check",
        "grade": "calm",
        "notices": [],
        "reason": None,
        "serial": serial,
        "product": "Dao phay",
        "lot": told["lot"],
        "maker": "Mẫu – Lò rèn Hà",
        "occasions": 1,
        "counted": True,
        "checked_at": told["checked_at"],
        "check": told["check"],
        "has_code": False,
        "code_confirmed_at": None,
    }
    assert told["checked_at"].endswith("+00:00")
    assert told["check"].startswith("https://goc.example/checks/")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_the_example_of_the_document_is_an_answer_such_as_we_give(
    client: FlaskClient, serial: str
) -> None:
    StampCheck.model_validate(EXAMPLE, strict=False)

    assert list(EXAMPLE) == list(StampCheck.model_fields)
    assert set(EXAMPLE) == set(ask(client, serial).get_json())


def test_the_document_describes_it_as_open_to_everybody(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").get_json()

    assert list(document["paths"]["/s/{serial}"]) == ["get"]
    said = document["paths"]["/s/{serial}"]["get"]
    assert said["security"] == []
    assert said["summary"].startswith("What is recorded of a stamp")
    assert [(one["name"], one["in"]) for one in said["parameters"]] == [
        ("serial", "path"),
        ("gtin", "query"),
        ("lot", "query"),
        ("s", "query"),
    ]
    kinds = {status: list(one["content"]) for status, one in said["responses"].items()}
    verdict, problem = ["application/json", "text/html"], ["application/problem+json", "text/html"]
    assert kinds == {
        "200": verdict,
        "400": problem,
        "404": verdict,
        "429": problem,
        "default": problem,
    }
    assert document["components"]["schemas"]["StampCheck"]["examples"] == [EXAMPLE]


def test_a_number_never_issued_is_not_found_with_its_verdict(client: FlaskClient) -> None:
    answer = ask(client, UNKNOWN)

    assert (answer.status_code, answer.content_type) == (404, "application/json")
    assert answer.get_json() | {"checked_at": ""} == {
        "verdict": "not_issued",
        "grade": "stop",
        "notices": [],
        "reason": None,
        "serial": UNKNOWN,
        "product": None,
        "lot": None,
        "maker": None,
        "occasions": 0,
        "counted": False,
        "checked_at": "",
        "check": None,
        "has_code": False,
        "code_confirmed_at": None,
    }


def test_a_serial_claimed_under_another_lot_is_not_issued(client: FlaskClient, serial: str) -> None:
    assert ask(client, f"{serial}?lot=other").get_json()["verdict"] == "not_issued"
    assert ask(client, f"{serial}?gtin=08938505970028").get_json()["verdict"] == "not_issued"
    assert ask(client, serial).get_json()["occasions"] == 1


def test_what_is_no_serial_is_a_problem_for_programs_and_a_page_for_people(
    client: FlaskClient,
) -> None:
    program, person = ask(client, MALFORMED), ask(client, MALFORMED, "text/html")

    assert (program.status_code, program.content_type) == (400, "application/problem+json")
    assert program.get_json()["code"] == "malformed_serial"
    assert program.get_json()["detail"].startswith("Số tem này thiếu hoặc nhầm chữ.")
    assert (person.status_code, person.mimetype) == (400, "text/html")


def test_who_tries_too_often_hears_when_to_come_back(client: FlaskClient) -> None:
    assert MISSES.windows[0] == "60/minute"
    for _ in range(60):
        ask(client, MALFORMED)

    answer = ask(client, MALFORMED)

    assert (answer.status_code, answer.content_type) == (429, "application/problem+json")
    assert int(answer.headers["Retry-After"]) >= 60


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json", "application/json"),
        ("application/json, text/plain, */*", "application/json"),
        ("text/html;q=0.4, application/json;q=0.5", "application/json"),
        ("application/*", "application/json"),
        ("text/html, application/json;q=0.9", "text/html"),
        ("application/json;q=0, */*", "text/html"),
        ("*/*", "text/html"),
        ("image/png", "text/html"),
        ("", "text/html"),
        (None, "text/html"),
    ],
)
def test_accept_alone_chooses_and_every_answer_says_that_it_does(
    accept: str | None, kind: str, client: FlaskClient, serial: str
) -> None:
    answer = ask(client, serial, accept)

    assert answer.mimetype == kind
    assert "Accept" in answer.headers["Vary"].split(", ")


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_refusals_and_the_address_of_the_square_code_vary_by_accept_too(
    accept: str, client: FlaskClient, serial: str
) -> None:
    answers = [ask(client, one, accept) for one in (UNKNOWN, MALFORMED, "x")]
    answers.append(client.get(f"/S/{serial}", headers={"Accept": accept}))
    answers.append(client.head(f"/s/{serial}", headers={"Accept": accept}))

    assert [one.status_code for one in answers] == [404, 400, 400, 200, 200]
    assert all("Accept" in one.headers["Vary"].split(", ") for one in answers)
