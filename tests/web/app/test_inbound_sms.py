"""SMS handed over by a provider, by a file, and typed on the demo's page."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from accounts.models import Consent, ConsentAsking
from core.dispatch.models import Dispatch
from core.inbound.models import InboundSms
from core.work import COMMAND, reading, transaction
from tests.makers import make_asking, make_consent, make_enterprise, make_member, make_person

KEY = "k" * 32
PHONE = "+84912345678"


@pytest.fixture
def keyed(app: Flask) -> Iterator[None]:
    """A provider has a key."""
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, sms_inbound_key=KEY)
    yield
    app.config["SETTINGS"] = before


@pytest.fixture
def asked(app: Flask) -> None:
    """Minh asks Hà, by 47."""
    with transaction(by=COMMAND) as work:
        smithy, ha = make_enterprise(work), make_person(work, sign_in=PHONE)
        make_member(work, enterprise=smithy, person=ha)
        minh = make_person(work, sign_in="minh@goc.example", name="Minh")
        make_asking(work, enterprise=smithy, helper=minh, sent_to=ha)


def hand_over(client: FlaskClient, text: object = "47", **more: object) -> TestResponse:
    sent = {"id": "P-1", "from": "0912 345 678", "text": text, **more}
    return client.post("/sms/inbound", json=sent, headers={"Authorization": f"Bearer {KEY}"})


def answers() -> list[str | None]:
    with reading() as session:
        return list(session.scalars(select(Dispatch.words).order_by(Dispatch.id)))


def test_the_two_digits_by_sms_let_the_helper_in_once(
    keyed: None, asked: None, client: FlaskClient
) -> None:
    statuses = [hand_over(client).status_code for _ in range(2)]

    assert statuses == [204, 204]
    with reading() as session:
        [consent] = session.scalars(select(Consent)).all()
        assert consent.ended_at is None
    [answer] = answers()
    assert answer is not None
    assert answer.startswith("Goc: ban da cho Minh lam giup den ")


@pytest.mark.parametrize("shown", ["", "Bearer", f"Bearer {KEY}x", f"Basic {KEY}", "Bearer ké"])
def test_without_our_key_nothing_is_taken(
    keyed: None, asked: None, client: FlaskClient, shown: str
) -> None:
    sent = {"id": "P-1", "from": PHONE, "text": "47"}

    answer = client.post("/sms/inbound", json=sent, headers={"Authorization": shown})

    assert answer.status_code == 401
    with reading() as session:
        assert session.scalars(select(InboundSms)).all() == []


def test_where_no_key_is_set_none_opens(asked: None, client: FlaskClient) -> None:
    for shown in ("", "Bearer ", "Bearer"):
        answer = client.post("/sms/inbound", json={}, headers={"Authorization": shown})
        assert answer.status_code == 401


def test_who_tries_keys_is_kept_away_and_so_is_the_right_one_from_there(
    keyed: None, client: FlaskClient
) -> None:
    wrong = [client.post("/sms/inbound", json={}).status_code for _ in range(11)]

    assert wrong == [401] * 10 + [429]
    assert hand_over(client).status_code == 429


@pytest.mark.parametrize(
    "fault",
    [
        {"id": ""},
        {"id": "x" * 101},
        {"id": "a b"},
        {"text": None},
        {"from": 84912345678},
        {"text": "x" * 2001},
    ],
)
def test_what_is_no_sms_is_refused(
    keyed: None, client: FlaskClient, fault: dict[str, object]
) -> None:
    assert hand_over(client, **fault).status_code == 422
    assert answers() == []


def test_bodies_that_are_no_sms_are_refused(keyed: None, client: FlaskClient) -> None:
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}

    for body, status in ((b"[1]", 422), (b"{", 422), (b"x" * 10_001, 413)):
        assert client.post("/sms/inbound", data=body, headers=headers).status_code == status


def test_a_name_for_a_sender_is_taken_and_answered_by_nobody(
    keyed: None, client: FlaskClient
) -> None:
    assert hand_over(client, **{"from": "VIETTEL"}).status_code == 204
    assert hand_over(client, **{"from": "minh@goc.example"}).status_code == 204
    assert answers() == []


def test_a_file_is_taken_line_by_line_and_a_second_time_nothing_happens(
    app: Flask, asked: None
) -> None:
    lines = [
        json.dumps({"id": "1", "from": PHONE, "text": "Không"}),
        "",
        "no SMS",
        json.dumps({"id": "2", "from": "VIETTEL", "text": "Khuyen mai"}),
    ]
    runner = app.test_cli_runner()

    first = runner.invoke(args=["sms", "receive", "-"], input="\n".join(lines))
    second = runner.invoke(args=["sms", "receive", "-"], input="\n".join(lines))

    assert (first.exit_code, second.exit_code) == (1, 1)
    assert "Line 3 is no SMS." in first.output
    assert '"Goc: da tu choi. Minh khong duoc lam gi trong hang cua ban."' in first.output
    assert '{"id": "1", "answer": null}' in second.output
    with reading() as session:
        assert session.scalars(select(ConsentAsking.state)).all() == ["not_me"]


def test_an_sms_of_the_demo_is_answered_on_its_page(
    app: Flask, asked: None, client: FlaskClient
) -> None:
    with transaction(by=COMMAND) as work:
        work.session.add(_dispatch(work.now))
    page = client.get("/demo/messages").text
    key = page.partition('name="key" value="')[2].partition('"')[0]
    form = {"message": "consent:1", "key": key, "text": "48"}

    for _ in range(2):
        assert client.post("/demo/messages", data=form).location == "/demo/messages"

    assert "hai so khong khop nen Minh" in client.get("/demo/messages").text
    with reading() as session:
        assert len(session.scalars(select(InboundSms)).all()) == 1


def test_an_address_in_a_message_of_the_demo_can_be_tapped_and_its_words_are_no_html(
    app: Flask, client: FlaskClient
) -> None:
    with transaction(by=COMMAND) as work:
        message = _dispatch(work.now)
        message.words = "Goc: <b>Lan</b> giao hang: http://localhost:8000/deliveries/K"
        work.session.add(message)

    page = client.get("/demo/messages").text

    assert (
        'Goc: &lt;b&gt;Lan&lt;/b&gt; giao hang: <a href="http://localhost:8000/deliveries/K"'
        in page
    )


def test_only_an_sms_of_the_demo_can_be_answered_there(app: Flask, client: FlaskClient) -> None:
    form = {"message": "none", "key": "K", "text": "47"}
    assert client.post("/demo/messages", data=form).status_code == 404
    assert client.post("/demo/messages", data={**form, "text": "x" * 161}).status_code == 303
    demo = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(demo, mode="production")
    try:
        assert client.post("/demo/messages", data=form).status_code == 404
    finally:
        app.config["SETTINGS"] = demo


def test_thoi_ends_what_was_given_and_then_there_is_nothing_to_end(
    keyed: None, app: Flask, client: FlaskClient
) -> None:
    with transaction(by=COMMAND) as work:
        smithy, ha = make_enterprise(work), make_person(work, sign_in=PHONE)
        make_member(work, enterprise=smithy, person=ha)
        other = make_enterprise(work, name="Mẫu – khác")
        helper = make_person(work, sign_in="minh@goc.example", name="Minh")
        ours = make_consent(work, enterprise=smithy, helper=helper)
        theirs = make_consent(work, enterprise=other, helper=helper)

    for number in range(2):
        hand_over(client, "thôi", id=f"P-{number}")

    with reading() as session:
        ended = session.get_one(Consent, ours.id)
        assert (ended.ended_by_id, ended.ended_at is None) == (ha.id, False)
        assert session.get_one(Consent, theirs.id).ended_at is None
    first, second = answers()
    assert first == "Goc: da ngung. Minh khong lam giup ban duoc nua."
    assert second is not None
    assert second.startswith("Goc chua hieu tin nay.")


def _dispatch(now: object) -> Dispatch:
    return Dispatch(
        once_key="consent:1",
        channel="sms",
        target=PHONE,
        words="Goc: Minh xin giup ban",
        created_at=now,
        until_at=now,
    )
