"""A batch's labels on the page: downloaded once, then printed again for a recorded reason."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from core.work import reading
from core.worker.jobs import run_next
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn
from tests.web.traceability.manage_cast import Cast
from traceability import tasks
from traceability.models import StampRange

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
