"""“Tôi đã cào mã”: what a buyer reads who types what lies under the layer."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from core import display
from core.sealing import sealer
from core.work import COMMAND, reading, transaction
from tests.makers import lot_of, make_batch
from tests.scratching import code_of, make_scratched, serial_in, wrong_code
from tests.statements import counted_statements
from tests.web.traceability.manage_cast import Cast
from tests.web.traceability.verdict_book import page_words, says
from traceability import queries, service
from traceability.models import LabelPrint, StampBatch, StampCheck, StampScratch
from traceability.routes.stamp import MISSES
from traceability.rules import serial_text

PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Mobile"}
OTHER_PHONE = {"User-Agent": "Mozilla/5.0 (iPhone) Mobile"}
FIRST = (
    "Mã cào đúng, xác nhận lần đầu lúc {…}. Đây là điều mạnh nhất một con tem nói được.",
    "Scratch code right, confirmed for the first time at {…}: the most a stamp can tell.",
)
CHECK_DRAWN = "M32 52l13 13 24-29"  # The seal ✓ of templates/ui/macros/seal.html.
AGAIN = (
    "Mã cào này đã dùng lúc {…}. Nếu không phải bạn cào, đừng mua.",
    "This code was used at {…}. If you did not scratch it, do not buy.",
)


class Scratched:
    """A stamp stuck on, with a layer."""

    def __init__(self) -> None:
        with transaction(by=COMMAND) as work:
            batch = make_scratched(work)
            number = serial_in(work, batch)
            self.serial, self.code = serial_text(number), code_of(batch, number)


@pytest.fixture
def stamp(app: Flask) -> Scratched:
    return Scratched()


def typed(
    client: FlaskClient, serial: str, code: str, *, accept: str = "text/html"
) -> TestResponse:
    headers = PHONE | {"Accept": accept}
    return client.post(f"/s/{serial}/code", data={"code": code}, headers=headers)


def confirmed() -> int:
    """How many stamps' numbers are confirmed."""
    with reading() as session:
        return (
            session.scalar(
                select(func.count())
                .select_from(StampScratch)
                .where(StampScratch.confirmed_at.is_not(None))
            )
            or 0
        )


@pytest.mark.parametrize(("language", "at"), [("vi", 0), ("en", 1)])
def test_the_right_number_is_confirmed_and_then_says_when_it_was(
    client: FlaskClient, stamp: Scratched, language: str, at: int
) -> None:
    before = client.get(f"/s/{stamp.serial}?lang={language}", headers=PHONE)
    answer = typed(client, stamp.serial, f"{stamp.code[:3]} {stamp.code[3:]}")

    assert f'action="/s/{stamp.serial}/code"' in before.text
    assert (answer.status_code, answer.location) == (303, f"/s/{stamp.serial}")
    page = client.get(f"/s/{stamp.serial}?lang={language}", headers=PHONE)
    assert says(FIRST[at]).search(page_words(page.text))
    assert 'data-verdict="first_check" data-grade="calm"' in page.text
    assert CHECK_DRAWN in page.text
    assert "Set-Cookie" not in answer.headers

    other = client.get(f"/s/{stamp.serial}?lang={language}", headers=OTHER_PHONE)
    assert says(AGAIN[at]).search(page_words(other.text))
    assert 'data-grade="attentive"' in other.text
    assert not says(FIRST[at]).search(page_words(other.text))

    typed(client, stamp.serial, stamp.code)  # The same form twice is one.
    own = client.get(f"/s/{stamp.serial}?lang={language}", headers=PHONE)
    assert says(FIRST[at]).search(page_words(own.text))
    with transaction(by=COMMAND) as work:
        an_hour_ago = work.now - timedelta(hours=1)
        work.session.execute(update(StampScratch).values(confirmed_at=an_hour_ago))
    typed(client, stamp.serial, stamp.code)
    own = client.get(f"/s/{stamp.serial}?lang={language}", headers=PHONE)
    assert says(AGAIN[at]).search(page_words(own.text))


def test_typing_a_number_is_no_check(client: FlaskClient, stamp: Scratched) -> None:
    typed(client, stamp.serial, wrong_code(stamp.code))
    typed(client, stamp.serial, stamp.code)

    with reading() as session:
        assert session.scalar(select(func.count()).select_from(StampCheck)) == 0


def test_a_wrong_number_is_said_calmly_and_kept_to_be_mended(
    client: FlaskClient, stamp: Scratched
) -> None:
    wrong = wrong_code(stamp.code)
    answer = typed(client, stamp.serial, wrong)

    assert answer.status_code == 422
    assert "Còn thử được 4 lần." in page_words(answer.text)
    assert f'value="{wrong}"' in answer.text
    assert stamp.code not in answer.text
    assert confirmed() == 0
    for _ in range(2):
        typed(client, stamp.serial, wrong)
    last = typed(client, stamp.serial, wrong)
    locked = typed(client, stamp.serial, wrong)
    right = typed(client, stamp.serial, stamp.code)

    assert "Gõ sai lần nữa thì tem này ngừng nhận mã một lúc." in page_words(last.text)
    assert (locked.status_code, right.status_code) == (429, 429)
    assert "Mã của bạn không mất" in page_words(right.text)
    assert confirmed() == 0


@pytest.mark.parametrize("code", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦"])
def test_what_is_no_six_digits_is_asked_for_again_and_not_counted(
    client: FlaskClient, stamp: Scratched, code: str
) -> None:
    answer = typed(client, stamp.serial, code)

    assert answer.status_code == 422
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(StampScratch)) == 0


def test_stamps_without_a_layer_and_numbers_never_issued_answer_in_one_shape(
    client: FlaskClient, stamp: Scratched
) -> None:
    with transaction(by=COMMAND) as work:
        bare = make_batch(work, count=1)
        service.activate_lot(work, lot_id=lot_of(bare))
        bare_serial = serial_text(serial_in(work, bare))
    serials = (stamp.serial, bare_serial, "7K3MQ9T2XB40G")

    answers = [typed(client, serial, wrong_code(stamp.code)) for serial in serials]

    assert [answer.status_code for answer in answers] == [422] * 3
    shapes = {
        answer.text.replace(serial, "").replace(display.serial(serial), "")
        for answer, serial in zip(answers, serials, strict=True)
    }
    assert len(shapes) == 1
    assert "/code" not in client.get(f"/s/{bare_serial}", headers=PHONE).text


def test_numbers_never_issued_count_as_misses(client: FlaskClient) -> None:
    most = int(MISSES.windows[0].split("/")[0])
    for _ in range(most):
        assert typed(client, "7K3MQ9T2XB40G", "123456").status_code == 422

    assert typed(client, "7K3MQ9T2XB40G", "123456").status_code == 429
    assert typed(client, "7K3MQ9T2XB40H", "123456").status_code == 400


def test_a_stamp_not_stuck_on_leads_back_to_its_page(client: FlaskClient, app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        batch = make_scratched(work, active=0)
        number = serial_in(work, batch)
        serial, code = serial_text(number), code_of(batch, number)

    answer = typed(client, serial, code)

    assert (answer.status_code, answer.location) == (303, f"/s/{serial}")
    assert confirmed() == 0
    assert "/code" not in client.get(f"/s/{serial}", headers=PHONE).text


def test_programs_read_whether_there_is_a_number_and_when_it_was_confirmed(
    client: FlaskClient, stamp: Scratched
) -> None:
    json = {"Accept": "application/json"} | PHONE
    before = client.get(f"/s/{stamp.serial}", headers=json).get_json()
    wrong = typed(client, stamp.serial, wrong_code(stamp.code), accept="application/json")
    right = typed(client, stamp.serial, stamp.code, accept="application/json")
    after = client.get(right.location, headers=json).get_json()

    assert (before["has_code"], before["code_confirmed_at"]) == (True, None)
    assert before["notices"] == []
    assert wrong.content_type == "application/problem+json"
    assert wrong.get_json()["code"] == "scratch_code_wrong"
    assert wrong.get_json()["left"] == 4
    assert right.status_code == 303
    assert after["notices"][-1] == "code_first"
    assert after["code_confirmed_at"].endswith("+00:00")


def test_the_page_of_a_stamp_with_a_layer_costs_no_statement_more(
    client: FlaskClient, stamp: Scratched
) -> None:
    client.get(f"/s/{stamp.serial}", headers=PHONE)
    typed(client, stamp.serial, stamp.code)

    with counted_statements() as statements:
        client.get(f"/s/{stamp.serial}", headers=PHONE)

    assert len(statements) <= 14


def test_the_makers_people_confirm_nothing(cast: Cast) -> None:
    batch = cast.batch(1, active=1)
    with transaction(by=cast.by) as work:
        row = work.session.get_one(StampBatch, batch.id)
        service.add_scratch_secret(row, sealer())
    number = cast.serial(batch, 1)
    answer = cast.director.post(f"/s/{serial_text(number)}/code", {"code": code_of(row, number)})

    assert answer.status_code == 409
    assert "Mã cào để dành cho người mua" in page_words(answer.text)
    assert confirmed() == 0


def test_a_batch_is_issued_with_a_layer_on_papers_that_have_room(cast: Cast) -> None:
    form = {"lot": cast.lot.public_id, "count": "3", "scratch": "yes"}
    refused = cast.director.post("/manage/stamps", form | {"paper": "a4-15"})
    issued = cast.director.post("/manage/stamps", form | {"paper": "a4-20"})

    assert refused.status_code == 422
    assert "Tem cỡ này không còn chỗ cho lớp cào" in page_words(refused.text)
    assert 'name="scratch" value="yes" checked' in refused.text
    assert issued.status_code == 303
    with reading() as session:
        batch = session.scalars(select(StampBatch)).one()
        assert batch.scratch_secret is not None
        assert session.scalars(select(LabelPrint.paper)).all() == ["a4-20"]
        assert queries.batches_by_id(session, [batch.id])[batch.id].has_scratch


def test_without_being_asked_no_layer_is_made(cast: Cast) -> None:
    cast.director.post(
        "/manage/stamps", {"lot": cast.lot.public_id, "count": "3", "paper": "a4-15"}
    )

    with reading() as session:
        assert session.scalars(select(StampBatch.scratch_secret)).all() == [None]
