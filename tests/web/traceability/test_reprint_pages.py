"""A batch's labels on the page: downloaded once, then printed again for a recorded reason."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from structlog.testing import capture_logs

from core.sealing import Sealer
from core.work import COMMAND, reading, transaction
from core.worker.jobs import run_next
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn
from tests.web.traceability.manage_cast import Cast
from traceability import tasks
from traceability.models import LabelPrint, PrintCode, StampRange

DRAWING = {"draw_labels": tasks.draw_labels}


@pytest.fixture
def path(app: Flask, cast: Cast) -> str:
    """The page of a batch of twelve whose sheet is drawn."""
    answer = cast.warehouse.post("/manage/stamps", {"lot": cast.lot.public_id, "count": "12"})
    run_next(DRAWING)
    return answer.location.partition("#")[0]


def link(client: SignedIn, path: str) -> str:
    """Where the newest file is downloaded."""
    found = re.search(r'href="(/manage/labels/\w+)"', client.get(path).text)
    assert found is not None
    return found[1]


def fetched(client: SignedIn, address: str) -> int:
    with client.get(address) as answer:
        return answer.status_code


def test_the_page_says_how_often_and_why_each_was_printed(cast: Cast, path: str) -> None:
    assert "Chưa tải tờ nào để in." in cast.warehouse.get(path).text
    assert [fetched(cast.warehouse, link(cast.warehouse, path)) for _ in range(2)] == [200, 200]
    assert "Đã tải để in 1 lần, chưa in lại lần nào." in cast.warehouse.get(path).text

    said = {"first": "3", "last": "4", "reason": "other", "reason_words": "mực nhòe"}
    assert cast.warehouse.post(f"{path}/labels", said).status_code == 303
    run_next(DRAWING)
    fetched(cast.warehouse, link(cast.warehouse, path))

    page = cast.warehouse.get(path).text
    assert "Đã tải để in 2 lần, trong đó in lại 1 lần: lý do khác (1)." in page
    assert "In lại vì lý do khác: mực nhòe, tải để in lúc" in page
    assert "đã cho in lại tem số 3 đến 4" in cast.director.get("/manage/acts").text
    with reading() as session:  # Nothing was cancelled by it.
        assert session.scalars(select(StampRange.state)).all() == ["printed"]


def test_a_form_without_a_reason_is_shown_again_with_what_was_typed(cast: Cast, path: str) -> None:
    fetched(cast.warehouse, link(cast.warehouse, path))

    answer = cast.warehouse.post(f"{path}/labels", {"first": "3", "last": "4"})
    vague = cast.warehouse.post(f"{path}/labels", {"first": "3", "last": "4", "reason": "other"})

    assert answer.status_code == vague.status_code == 422
    assert "Tem số 3–4 đã được tải về để in rồi." in answer.text
    assert 'name="last" type="text" value="4"' in answer.text
    assert "Xin ghi vài chữ: vì sao in lại." in vague.text
    assert not run_next(DRAWING)


def test_a_second_file_of_the_same_labels_does_not_leave_unasked(cast: Cast, path: str) -> None:
    one = link(cast.warehouse, path)
    printer = {"paper": "roll-30", "file_format": "zpl", "dpi": "203"}
    cast.warehouse.post(f"{path}/labels", {"first": "5", "last": "6", **printer})
    run_next(DRAWING)
    other = link(cast.warehouse, path)
    assert fetched(cast.warehouse, one) == 200

    answer = cast.warehouse.get(other)

    assert answer.status_code == 409
    assert "Tem số 5–6 đã được tải để in ở một tệp khác." in answer.text
    assert 'name="first" type="text" value="5"' in answer.text
    for name, value in printer.items():  # Drawn again, it is the same file.
        assert re.search(f'name="{name}" value="{value}"[^>]* checked', answer.text)


def test_sheets_given_elsewhere_are_not_downloaded_by_the_maker(cast: Cast, path: str) -> None:
    sheets = link(cast.warehouse, path)
    cast.warehouse.post(f"{sheets}/code", {"paper": "a4-65"})

    answer = cast.warehouse.get(sheets)

    assert answer.status_code == 409
    assert "Tờ tem này đã nhờ nơi khác in." in answer.text


def test_the_page_leads_to_the_code_that_is_out_instead_of_offering_the_file(
    cast: Cast, path: str
) -> None:
    sheets = link(cast.warehouse, path)
    code = cast.warehouse.post(f"{sheets}/code", {"paper": "a4-65"}).location

    page = cast.warehouse.get(path).text
    cast.warehouse.post(f"{code}/end")
    afterwards = cast.warehouse.get(path).text

    assert f'href="{sheets}"' not in page
    assert f'href="{code}">Xem hay thu hồi mã' in page
    assert f'href="{sheets}"' in afterwards


def test_a_code_whose_time_is_over_keeps_nobody_from_downloading(cast: Cast, path: str) -> None:
    sheets = link(cast.warehouse, path)
    cast.warehouse.post(f"{sheets}/code", {"paper": "a4-65"})
    with transaction(by=COMMAND) as work:
        work.session.execute(
            update(PrintCode).values(
                made_at=work.now - timedelta(days=3), expires_at=work.now - timedelta(hours=1)
            )
        )

    assert f'href="{sheets}"' in cast.warehouse.get(path).text
    assert fetched(cast.warehouse, sheets) == 200


def test_looking_before_fetching_counts_as_no_print(cast: Cast, path: str) -> None:
    sheets = link(cast.warehouse, path)

    looked = cast.warehouse.client.head(sheets)

    assert looked.status_code == 200
    looked.close()
    with reading() as session:
        assert session.scalars(select(LabelPrint.fetched_at)).all() == [None]


def test_a_code_nobody_can_read_any_more_can_be_taken_back(
    app: Flask, cast: Cast, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = link(cast.warehouse, path)
    code = cast.warehouse.post(f"{sheets}/code", {"paper": "a4-65"}).location
    monkeypatch.setitem(app.extensions, "sealer", Sealer("another key"))

    with capture_logs() as lines:
        page = cast.warehouse.get(code)
    ended = cast.warehouse.post(f"{code}/end")

    assert page.status_code == 200
    assert "khóa bí mật của máy chủ đã đổi" in page.text
    assert 'class="letters"' not in page.text
    said = [line["log_level"] for line in lines if line.get("refusal") == "SealBroken"]
    assert said == ["error"]  # The operator hears of it.
    assert ended.status_code == 303
    assert "Đã thu hồi" in cast.warehouse.get(code).text


def test_a_code_for_sheets_that_left_asks_why(cast: Cast, path: str) -> None:
    sheets = link(cast.warehouse, path)
    fetched(cast.warehouse, sheets)

    silent = cast.warehouse.post(f"{sheets}/code", {"paper": "a4-65"})
    told = cast.warehouse.post(f"{sheets}/code", {"paper": "a4-65", "reason": "lost"})

    assert "In lại vì sao" in cast.warehouse.get(f"{sheets}/code").text
    assert silent.status_code == 422
    assert told.status_code == 303


def test_a_download_asks_the_database_little(cast: Cast, path: str) -> None:
    sheets = link(cast.warehouse, path)
    fetched(cast.warehouse, sheets)

    with counted_statements() as asked:
        fetched(cast.warehouse, sheets)

    assert len(asked) <= 16
