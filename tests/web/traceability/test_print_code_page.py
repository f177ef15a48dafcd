"""`/print`: what a clerk without an account sees and does, with a code and without."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from core import clock
from core.sealing import sealer
from core.work import COMMAND, reading, transaction
from core.worker.jobs import run_next
from tests.statements import counted_statements
from tests.web.traceability.manage_cast import Cast
from traceability import queries, service, tasks
from traceability.adapters.outputs import Output
from traceability.models import LabelPrint, PrintCode, StampBatch
from traceability.rules import VoidReason, serial_text

COUNT = 70  # A sheet and five.
OTHER = "7" * 26  # What another browser's page was drawn with.


def browser(app: Flask) -> FlaskClient:
    """A clerk's: no session, no cookie."""
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


def labels_of(cast: Cast, batch: StampBatch) -> LabelPrint:
    with transaction(by=cast.by) as work:
        return service.order_labels(work, batch, first=1, last=batch.count, paper="a4-65")


def code_of(cast: Cast, labels: LabelPrint) -> str:
    with transaction(by=cast.by) as work:
        made = service.make_print_code(work, labels, print_place="", sealer=sealer())
        assert made.sealed_code is not None
        return service.readable_print_code(made.sealed_code, made.public_id, sealer())


@pytest.fixture
def drawn(cast: Cast) -> tuple[StampBatch, str]:
    """A batch whose sheets are drawn, and the six letters that open them."""
    batch = cast.batch(COUNT)
    labels = labels_of(cast, batch)
    run_next({"draw_labels": tasks.draw_labels})
    return batch, code_of(cast, labels)


def row() -> PrintCode:
    with reading() as session:
        return session.scalars(select(PrintCode)).one()


def change(**values: object) -> None:
    with transaction(by=COMMAND) as work:
        work.session.execute(update(PrintCode).values(**values))


def token_in(text: str) -> str:
    found = re.search(r'name="token" value="(\w{26})"', text)
    assert found is not None
    return found[1]


def sheets(clerk: FlaskClient, code: str, token: str = "") -> TestResponse:
    """What the button answers, read to its end."""
    return clerk.post(f"/print/{code}/sheets", data={"token": token}, buffered=True)


def fetched(app: Flask, code: str) -> FlaskClient:
    """The browser of a clerk who has downloaded."""
    clerk = browser(app)
    sheets(clerk, code, token_in(clerk.get(f"/print/{code}").text))
    return clerk


def test_a_typed_code_leads_to_its_page_however_it_is_written(
    client: FlaskClient, drawn: tuple[StampBatch, str]
) -> None:
    code = drawn[1]
    typed = f" {code[:3].lower()} - {code[3:].lower()} "

    answer = client.post("/print", data={"code": typed})

    assert (answer.status_code, answer.location) == (303, f"/print/{code}")
    pasted = client.post("/print", data={"code": f"https://goc.example/print/{code}"})
    assert pasted.location == f"/print/{code}"


def test_the_page_shows_maker_lot_count_and_paper_and_nothing_else(
    cast: Cast, client: FlaskClient, drawn: tuple[StampBatch, str]
) -> None:
    batch, code = drawn

    answer = client.get(f"/print/{code}")

    assert answer.status_code == 200
    for said in ("Mẫu – Lò rèn Hà", "26‑11A", ">70<", "A4, 65 tem 38 × 21 mm", "100 %"):
        assert said in answer.text
    serials = {serial_text(cast.serial(batch, ordinal)) for ordinal in (1, 2, COUNT)}
    assert not any(serial in answer.text.replace(" ", "") for serial in serials)
    assert batch.public_id not in answer.text
    assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == ("no-store", "none")
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in answer.headers
    assert row().state == "open"


def test_the_page_says_how_many_stamps_and_which_file_in_both_languages(
    cast: Cast, client: FlaskClient
) -> None:
    batch = cast.batch(10)
    with transaction(by=cast.by) as work:
        labels = service.order_labels(
            work, batch, first=1, last=10, paper="roll-25", output=Output("zpl", 203)
        )
    run_next({"draw_labels": tasks.draw_labels})
    code = code_of(cast, labels)

    page, english = (client.get(f"/print/{code}{query}").text for query in ("", "?lang=en"))

    assert "Bao nhiêu tem" in page
    assert "Tải tệp tem" in page
    assert "đếm từ tem đầu cuộn, ví dụ: tem 14" in page
    assert "How many stamps" in english
    assert "Serial" not in english
    assert "(PDF)" not in english


def test_looking_and_an_unknown_code_cost_few_statements(
    app: Flask, client: FlaskClient, drawn: tuple[StampBatch, str]
) -> None:
    with counted_statements() as page:
        client.get(f"/print/{drawn[1]}")
    with counted_statements() as unknown:
        client.get("/print/000000")
    with counted_statements() as typed:
        client.post("/print", data={"code": "000000"})

    assert len(page) <= 8
    assert len(unknown) == len(typed) == 1


def test_the_first_browser_gets_the_sheets_and_the_code_is_used_up(
    app: Flask, drawn: tuple[StampBatch, str]
) -> None:
    code, clerk = drawn[1], browser(app)
    token = token_in(clerk.get(f"/print/{code}").text)

    answer = sheets(clerk, code, token)

    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.data.startswith(b"%PDF")
    assert "tem-1-70.pdf" in answer.headers["Content-Disposition"]
    assert (row().state, row().sealed_code) == ("fetched", None)
    other = browser(app)
    assert other.get(f"/print/{code}").status_code == 404
    refused = sheets(other, code, OTHER)
    assert refused.status_code == 404
    assert "đã được tải về một máy khác" in refused.text


def test_a_download_that_broke_off_is_fetched_again_for_a_quarter_of_an_hour(
    app: Flask, drawn: tuple[StampBatch, str]
) -> None:
    code, clerk, without_cookie = drawn[1], browser(app), browser(app)
    token = token_in(clerk.get(f"/print/{code}").text)
    sheets(clerk, code, token)
    first = row().fetched_at
    assert first is not None

    by_cookie = sheets(clerk, code)
    by_field = sheets(without_cookie, code, token)

    assert by_cookie.data == by_field.data
    assert row().fetched_at == first
    assert "Tải lại được đến" in clerk.get(f"/print/{code}").text
    change(fetched_at=first - timedelta(minutes=15))
    late = sheets(clerk, code)
    assert late.status_code == 404
    assert "Máy này đã tải lúc" in clerk.get(f"/print/{code}").text


def test_sheets_not_yet_drawn_do_not_use_the_code_up(app: Flask, cast: Cast) -> None:
    code = code_of(cast, labels_of(cast, cast.batch(10)))
    clerk = browser(app)

    page = clerk.get(f"/print/{code}")
    answer = sheets(clerk, code, OTHER)

    assert "Tờ tem đang được vẽ." in page.text
    assert answer.status_code == 409
    assert row().state == "open"
    run_next({"draw_labels": tasks.draw_labels})
    assert sheets(clerk, code).status_code == 200


def test_a_clerk_says_that_all_came_out_well(app: Flask, drawn: tuple[StampBatch, str]) -> None:
    code = drawn[1]
    clerk = fetched(app, code)

    answer = clerk.post(f"/print/{code}/answer", data={"result": "good"})

    assert (answer.status_code, answer.location) == (303, f"/print/{code}")
    assert "Bạn báo in đủ 70 tem." in clerk.get(f"/print/{code}").text
    assert (row().state, row().spoiled_count) == ("answered", 0)


def test_spoiled_labels_are_named_by_number_and_by_place(
    app: Flask, cast: Cast, drawn: tuple[StampBatch, str]
) -> None:
    batch, code = drawn
    clerk = fetched(app, code)
    serial = serial_text(cast.serial(batch, 9))
    which = f"{serial[:4].lower()} {serial[4:]}\ntờ 1 hàng 2 cột 3; to 2"

    clerk.post(f"/print/{code}/answer", data={"result": "spoiled", "count": "8", "which": which})

    assert (row().state, row().spoiled_count) == ("answered", 8)
    with reading() as session:
        assert queries.spoiled_labels(session, row().id) == [(8, 9), (66, 70)]


def test_places_are_counted_without_the_stamps_cancelled_before_drawing(
    app: Flask, cast: Cast
) -> None:
    batch = cast.batch(10)
    with transaction(by=cast.by) as work:
        service.void_stamps(work, batch_id=batch.id, first=2, last=3, reason=VoidReason.LOST)
    labels = labels_of(cast, batch)
    run_next({"draw_labels": tasks.draw_labels})
    code = code_of(cast, labels)
    clerk = fetched(app, code)

    clerk.post(
        f"/print/{code}/answer",
        data={"result": "spoiled", "count": "1", "which": "tờ 1 hàng 1 cột 2"},
    )

    with reading() as session:
        assert queries.spoiled_labels(session, row().id) == [(4, 4)]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Xin điền ô này."),
        ({"result": "spoiled"}, "Xin viết số tem hỏng, ví dụ 6."),
        ({"result": "spoiled", "count": "0"}, "Xin viết số tem hỏng, ví dụ 6."),
        ({"result": "spoiled", "count": "vài"}, "Không đọc được số này."),
        ({"result": "good", "count": "3"}, "Bạn chọn in đủ nhưng lại ghi tem hỏng."),
        ({"result": "spoiled", "count": "71"}, "Tờ tem này chỉ có 70 tem."),
        ({"result": "spoiled", "count": "2", "which": "nhòe"}, "Chưa hiểu “nhòe”."),
        ({"result": "spoiled", "count": "2", "which": "tờ 3"}, "Có tem bạn kể không nằm trong"),
        ({"result": "spoiled", "count": "2", "which": "tờ 2"}, "hỏng 2 tem nhưng kể ra 5."),
        (
            {"result": "spoiled", "count": "2", "which": "7K3M Q9T2 XB40G"},
            "Có tem bạn kể không nằm trong",
        ),
    ],
)
def test_an_answer_that_cannot_be_is_refused_with_all_that_was_typed(
    app: Flask, drawn: tuple[StampBatch, str], sent: dict[str, str], sentence: str
) -> None:
    clerk = fetched(app, drawn[1])

    answer = clerk.post(f"/print/{drawn[1]}/answer", data=sent)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert sent.get("which", "") in answer.text
    assert f'value="{sent.get("count", "")}"' in answer.text
    assert row().state == "fetched"


def test_none_spoiled_is_all_well(app: Flask, drawn: tuple[StampBatch, str]) -> None:
    clerk = fetched(app, drawn[1])

    clerk.post(f"/print/{drawn[1]}/answer", data={"result": "good", "count": "0"})

    assert (row().state, row().spoiled_count) == ("answered", 0)


def test_only_who_downloaded_answers_and_only_once(
    app: Flask, drawn: tuple[StampBatch, str]
) -> None:
    code = drawn[1]
    early = browser(app).post(f"/print/{code}/answer", data={"result": "good"})
    clerk = fetched(app, code)
    stranger = browser(app).post(f"/print/{code}/answer", data={"result": "good"})
    clerk.post(f"/print/{code}/answer", data={"result": "spoiled", "count": "3"})

    again = clerk.post(f"/print/{code}/answer", data={"result": "good"})

    assert (early.status_code, stranger.status_code, again.status_code) == (409, 404, 409)
    assert "Xin tải tờ tem và in trước" in early.text
    assert "Bạn đã báo kết quả in rồi." in again.text
    assert row().spoiled_count == 3


def test_a_code_is_dead_after_48_hours_and_when_it_is_taken_back(
    app: Flask, client: FlaskClient, drawn: tuple[StampBatch, str]
) -> None:
    code = drawn[1]
    change(expires_at=clock.now(), made_at=clock.now() - timedelta(hours=48))
    expired = client.get(f"/print/{code}")
    late = sheets(client, code)
    change(expires_at=clock.now() + timedelta(hours=1))
    with transaction(by=COMMAND) as work:
        service.take_back_print_code(work, code_id=row().id)

    taken_back = client.get(f"/print/{code}")

    assert "Mã in này đã hết hạn" in expired.text
    assert "Người làm ra đã thu hồi mã in này." in taken_back.text
    assert "Mã in này đã hết hạn" in late.text
    assert {expired.status_code, late.status_code, taken_back.status_code} == {404}
    assert row().fetched_at is None


def test_a_code_of_a_maker_who_is_suspended_opens_nothing(
    app: Flask, cast: Cast, client: FlaskClient, drawn: tuple[StampBatch, str]
) -> None:
    with transaction(by=COMMAND) as work:
        enterprise = work.session.merge(cast.ours)
        enterprise.state, enterprise.suspended_at = "suspended", work.now

    page = client.get(f"/print/{drawn[1]}")
    assert page.status_code == 404
    assert "Lúc này không in được tem của người làm ra này." in page.text
    assert "thu hồi" not in page.text  # They did nothing of the kind.
    assert client.post(f"/print/{drawn[1]}/sheets").status_code == 404
    assert row().state == "open"


def test_unknown_and_dead_codes_answer_in_one_shape(
    client: FlaskClient, drawn: tuple[StampBatch, str]
) -> None:
    change(state="ended", ended_at=clock.now(), sealed_code=None)

    pages = [client.get(f"/print/{text}") for text in (drawn[1], "000000", "not-a-code")]

    shapes = {re.sub(r">[^<]*<|value=\"[^\"]*\"|next=[^\"]*", "", one.text) for one in pages}
    assert len(shapes) == 1
    assert {one.status_code for one in pages} == {404}


def test_the_page_to_type_a_code_asks_nothing_of_the_database(
    client: FlaskClient, statements: Callable[[], list[str]]
) -> None:
    answer = client.get("/print")

    assert answer.status_code == 200
    assert 'name="code"' in answer.text
    assert statements() == []


def test_another_sites_form_downloads_nothing(
    client: FlaskClient, drawn: tuple[StampBatch, str]
) -> None:
    answer = client.post(f"/print/{drawn[1]}/sheets", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert row().state == "open"
