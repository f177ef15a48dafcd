"""Guessing print codes: six letters are few, so misses are."""

from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.work import COMMAND, transaction
from tests.print_codes import make_print_code
from traceability.print_errors import NoSuchPrintCode
from traceability.routes.print_guesses import ALL_GUESSES, GuessingHeld, guessing
from traceability.rules import CODE_LETTERS

HOME, ELSEWHERE = "203.0.113.5", "198.51.100.7"


def ask(client: FlaskClient, code: str, address: str = HOME) -> TestResponse:
    return client.get(f"/print/{code}", environ_base={"REMOTE_ADDR": address})


def a_code() -> str:
    with transaction(by=COMMAND) as work:
        make_print_code(work, code="7K3MQ9")
    return "7K3MQ9"


def test_five_misses_in_a_minute_are_enough_for_one_address(client: FlaskClient) -> None:
    code = a_code()
    misses = [ask(client, f"00000{n}").status_code for n in range(6)]

    assert misses == [404] * 5 + [429]
    assert ask(client, code).status_code == 429
    assert "Xin đợi" in ask(client, code).text
    assert ask(client, code, ELSEWHERE).status_code == 200


def test_hits_never_count(client: FlaskClient) -> None:
    code = a_code()

    assert {ask(client, code).status_code for _ in range(30)} == {200}
    assert ask(client, "000000").status_code == 404


def test_every_door_counts_the_same_misses(client: FlaskClient) -> None:
    client.environ_base["REMOTE_ADDR"] = HOME
    for n in range(2):
        client.post("/print", data={"code": f"00000{n}"})
        client.post(f"/print/00001{n}/sheets")
    client.post("/print/000020/answer", data={"result": "good"})

    assert ask(client, "000021").status_code == 429
    assert client.post("/print", data={"code": "7K3MQ9"}).status_code == 429


def test_guesses_from_ever_new_addresses_are_looked_up_a_hundred_a_minute(app: Flask) -> None:
    looked_up = held = 0
    with app.test_request_context():
        for number in range(2_000):
            request.remote_addr = f"2001:db8:0:{number:x}::1"
            try:
                with guessing():
                    looked_up += 1
                    raise NoSuchPrintCode  # noqa: TRY301  # What a look-up says within.
            except GuessingHeld:
                held += 1
            except NoSuchPrintCode:
                pass

    assert looked_up <= 200  # A minute may end in the middle.
    assert looked_up + held == 2_000


def test_a_hundred_thousand_guesses_in_an_hour_meet_no_code() -> None:
    [an_hour] = [one.amount for one in ALL_GUESSES.items if one.get_expiry() == 3_600]
    open_codes = 100

    looked_up = min(100_000, an_hour)

    assert looked_up == 1_000
    assert looked_up * open_codes / 32**CODE_LETTERS < 1e-4  # One such hour in ten thousand.


def test_while_too_many_guess_no_code_is_taken_and_the_page_says_what_to_do(
    client: FlaskClient,
) -> None:
    code = a_code()
    for number in range(100):
        ask(client, "000000", f"2001:db8:0:{number:x}::1")

    answer = ask(client, code, ELSEWHERE)

    assert answer.status_code == 429
    assert "Lúc này có quá nhiều mã in gõ sai từ nhiều nơi" in answer.text
    assert "nhờ người làm ra gửi thẳng tệp tem" in answer.text
