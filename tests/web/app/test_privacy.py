"""Everything about oneself as a file: asked for, gathered by a job, handed to nobody else."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select, update

from accounts.models import Erasure, Person
from app.duties import KINDS
from app.erasing import erase_due
from app.personal_export import forget_exports
from core import clock
from core.dispatch import Letter, send_out
from core.files import files
from core.jobs import Job
from core.work import COMMAND, By, Work, reading, transaction
from core.worker.jobs import run_next
from tests.makers import (
    make_batch,
    make_certificate,
    make_consent,
    make_enterprise,
    make_lot,
    make_member,
    make_person,
    make_product,
    make_sign_in,
)
from tests.web.signed_in import SignedIn


@pytest.fixture
def browser(app: Flask) -> SignedIn:
    with transaction(by=COMMAND) as work:
        ha = _producer(work)
        mai = make_person(work, sign_in="mai@goc.example", name="Mai")
        make_sign_in(work, person=mai, key="mai")
        make_sign_in(work, person=ha, key="ha")
    return SignedIn(app, "ha")


def _producer(work: Work) -> Person:
    ha = make_person(work)
    ha.password_hash = "argon2-secret"
    enterprise = make_enterprise(work)
    enterprise.number = "001202000123"
    make_member(work, enterprise=enterprise, person=ha)
    helper = make_person(work, sign_in="tu@goc.example", name="Tú")
    make_consent(work, enterprise=enterprise, helper=helper).decided_by_id = ha.id
    product = make_product(work, enterprise=enterprise, name="Dao phay Phúc Sen")
    make_certificate(work, product=product)
    work.by = By("person", ha.id, enterprise.id)
    make_lot(work, product=product, code="L-07")
    make_batch(work, enterprise=enterprise)
    send_out(work, Letter("ha@goc.example", "Mã 123456"), once_key="x")
    return ha


def gathered(browser: SignedIn) -> ZipFile:
    browser.post("/account/privacy/download")
    while run_next(KINDS, stopping=lambda: False):
        pass
    with browser.get("/account/privacy/download") as answer:
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        return ZipFile(BytesIO(answer.data))


def test_everything_about_oneself_is_one_file_for_people_and_programs(browser: SignedIn) -> None:
    zipped = gathered(browser)

    assert sorted(zipped.namelist()) == ["data.json", "doc-toi.html", "look.css", "tokens.css"]
    told = json.loads(zipped.read("data.json"))
    rows = {one["table"]: one["rows"] for one in told["held"]}
    assert rows["person"][0]["sign_in"] == "ha@goc.example"
    assert rows["enterprise"][0]["number"] == "001202000123"
    assert rows["membership"][0]["enterprise"] == "Mẫu – Lò rèn Hà"
    assert rows["lot"][0]["code"] == "L-07"
    assert {"certificate", "stamp_batch", "product_text", "sign_in", "consent"} <= set(rows)
    page = zipped.read("doc-toi.html").decode()
    assert "Tên, số điện thoại hoặc thư điện tử của bạn" in page
    assert "Dao phay Phúc Sen" in page
    assert "Vai trò: <strong>người đứng đầu</strong>" in page
    assert "Ảnh hàng và ảnh giấy tờ không nằm trong tệp này" in page


def test_no_secret_and_nothing_of_anybody_else_is_in_it(browser: SignedIn) -> None:
    zipped = gathered(browser)

    everything = zipped.read("data.json").decode() + zipped.read("doc-toi.html").decode()
    assert "argon2-secret" not in everything
    assert "123456" not in everything
    assert "mai@goc.example" not in everything
    assert not re.search(r'"(id|person_id|enterprise_id|key_hash|token_hash)"', everything)


def test_the_file_is_nobodys_but_ones_own(app: Flask, browser: SignedIn) -> None:
    gathered(browser)

    answer = SignedIn(app, "mai").get("/account/privacy/download")

    assert answer.status_code == 303
    assert answer.location == "/account/privacy"
    assert "Gom dữ liệu của tôi" in SignedIn(app, "mai").get("/account/privacy").text


def test_a_plain_member_is_not_told_the_number_or_bank_of_the_enterprise(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        enterprise = make_enterprise(work)
        enterprise.number = "001202000123"
        grower = make_person(work)
        make_member(work, enterprise=enterprise, person=grower, role="grower")
        make_sign_in(work, person=grower, key="grower")

    told = json.loads(gathered(SignedIn(app, "grower")).read("data.json"))

    tables = {one["table"] for one in told["held"]}
    assert "membership" in tables
    assert not tables & {"enterprise", "bank_account", "product"}


def test_asking_twice_gathers_once_and_the_page_says_how_it_stands(browser: SignedIn) -> None:
    assert "Gom dữ liệu của tôi" in browser.get("/account/privacy").text

    browser.post("/account/privacy/download")
    browser.post("/account/privacy/download")

    page = browser.get("/account/privacy").text
    assert "Đang gom lại" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    with reading() as session:
        assert len(session.scalars(select(Job).where(Job.kind == "export_person")).all()) == 1
    while run_next(KINDS, stopping=lambda: False):
        pass
    assert "Tải tệp về máy" in browser.get("/account/privacy/progress").text


def test_the_file_goes_after_a_week(
    app: Flask, browser: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathered(browser)
    with reading() as session:
        job = session.scalars(select(Job).where(Job.kind == "export_person")).one()
    in_a_week = clock.now() + timedelta(days=7)
    forget_exports()
    with browser.get("/account/privacy/download") as answer:
        assert answer.status_code == 200

    monkeypatch.setattr(clock, "now", lambda: in_a_week + timedelta(minutes=1))
    forget_exports()

    assert job.result is not None
    with pytest.raises(FileNotFoundError):
        files().reading(job.result["file"])
    with reading() as session:
        assert session.scalars(select(Job).where(Job.kind == "export_person")).all() == []


def test_the_file_goes_with_whoever_is_erased(
    app: Flask, browser: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    mai = SignedIn(app, "mai")
    gathered(mai)
    gathered(browser)
    with reading() as session:
        jobs = session.scalars(select(Job).where(Job.kind == "export_person").order_by(Job.id))
        erased, other = (job.result["file"] for job in jobs if job.result)
    mai.post("/account/privacy/erase", {"sure": "yes"})
    with reading() as session:
        due_at = session.scalars(select(Erasure.due_at)).one()
        finished = update(Job).values(finished_at=due_at)  # Gathered again on the last day.
    with transaction(by=COMMAND) as work:
        work.session.execute(finished)
    monkeypatch.setattr(clock, "now", lambda: due_at)

    erase_due()

    with pytest.raises(FileNotFoundError):
        files().reading(erased)
    files().reading(other).close()


def test_the_page_asks_the_database_little(
    browser: SignedIn, statements: Callable[[], list[str]]
) -> None:
    before = len(statements())
    browser.get("/account/privacy")

    asked = [one for one in statements()[before:] if not one.startswith(("BEGIN", "ROLLBACK"))]
    assert len(asked) <= 7
