from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient

from core.dispatch import Carriers, Letter, init_dispatch, send_out
from core.dispatch.adapters.sms import HttpSms, SmsPlace
from core.work import VISITOR, transaction


def send() -> None:
    with transaction(by=VISITOR) as work:
        send_out(work, Letter("+84912345678", "Mã: 123456"), once_key="K")


def test_the_demo_shows_what_was_sent_and_the_number_masked(
    app: Flask, client: FlaskClient
) -> None:
    send()

    page = client.get("/demo/messages")

    assert page.status_code == 200
    assert "Ma: 123456" in page.text
    assert "09•• ••• 678" in page.text
    assert "912345678" not in page.text.replace(" ", "")


def test_before_the_first_message_it_says_so(client: FlaskClient) -> None:
    assert "Chưa có tin nào" in client.get("/demo/messages").text


def test_what_a_real_provider_carries_is_shown_to_nobody(app: Flask, client: FlaskClient) -> None:
    init_dispatch(app, Carriers(sms=HttpSms(SmsPlace("http://127.0.0.1:9/")), mail=None))
    send()

    assert "123456" not in client.get("/demo/messages").text


def test_in_production_there_is_no_such_page(app: Flask, client: FlaskClient) -> None:
    demo = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(demo, mode="production")
    try:
        assert client.get("/demo/messages").status_code == 404
    finally:
        app.config["SETTINGS"] = demo
