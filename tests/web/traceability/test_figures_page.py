from datetime import date

from flask.testing import FlaskClient

from core.figures import month_of
from core.work import COMMAND, transaction
from tests.statements import counted_statements
from tests.web.traceability.verdict_book import page_words
from traceability import service


def keep(first_on: date, **figures: int) -> None:
    with transaction(by=COMMAND) as work:
        service.keep_month(work, month_of(first_on), figures)


def test_months_stand_in_a_table_the_newest_first(client: FlaskClient) -> None:
    keep(date(2026, 9, 1), stamps_issued=1_200, checks_first=3)
    keep(date(2026, 10, 1), stamps_issued=640, checks_first=12_345, reports_new=7)

    with counted_statements() as statements:
        page = client.get("/pages/figures")
    english = client.get("/pages/figures?lang=en")

    words = page_words(page.text)
    assert page.status_code == 200
    assert len(statements) == 1
    assert words.index("10/2026") < words.index("09/2026")
    assert "10/2026 640 0 0 12.345 0 0 7 0" in words
    assert "09/2026 1.200 0 0 dưới 5 0 0 0 0 – – – –" in words
    assert "09/2026 1,200 0 0 under 5 0 0 0 0 – – – –" in page_words(english.text)
    again = client.get("/pages/figures", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304


def test_without_a_month_the_page_says_when_to_come_back(client: FlaskClient) -> None:
    page = client.get("/pages/figures")

    assert page.status_code == 200
    assert "Chưa có tháng nào đã hết." in page_words(page.text)
    assert "<table" not in page.text


def test_the_file_has_every_month_the_oldest_first(client: FlaskClient) -> None:
    for year in range(2020, 2026):
        for month in range(1, 13):
            keep(date(year, month, 1), stamps_void=year, checks_again=month)

    answer = client.get("/pages/figures.csv")

    assert answer.content_type == "text/csv; charset=utf-8"
    lines = answer.text.splitlines()
    assert len(lines) == 73
    assert lines[0] == (
        "month,stamps_issued,stamps_active,stamps_void,checks_first,checks_again,"
        "checks_attentive,reports_new,reports_closed,cases_new,cases_fake,cases_genuine,"
        "cases_unclear,lots_recalled"
    )
    assert lines[1] == "2020-01,0,0,2020,0,<5,0,0,0,,,,,"
    assert lines[-1] == "2025-12,0,0,2025,0,12,0,0,0,,,,,"
    again = client.get("/pages/figures.csv", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
