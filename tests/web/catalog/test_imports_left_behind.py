"""Imports whose job was cancelled or failed, and those nobody needs any more."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from catalog import tasks
from catalog.models import ImportRow, ImportRun, Product
from catalog.service import import_runs
from core import clock
from core.files import files
from core.jobs import Job, ask_cancel, retry_job
from core.work import COMMAND, reading, transaction
from tests.web.catalog.test_manage_imports import (
    HEADING,
    KNIFE,
    TEA,
    checked,
    count,
    guessed,
    run_jobs,
    send,
    sheet,
    text,
    written,
)
from tests.web.signed_in import SignedIn


def run_of(path: str) -> ImportRun:
    with reading() as session:
        public_id = path.rpartition("/")[2]
        return session.scalars(select(ImportRun).where(ImportRun.public_id == public_id)).one()


def cancel(path: str) -> None:
    job_id = run_of(path).job_id
    assert job_id is not None
    with transaction(by=COMMAND) as work:
        ask_cancel(work, job_id=job_id)


def fail(path: str) -> None:
    with transaction(by=COMMAND) as work:
        work.session.execute(
            update(Job)
            .where(Job.id == run_of(path).job_id)
            .values(state="failed", finished_at=work.now)
        )


def test_a_looking_over_that_was_cancelled_is_begun_anew(browser: SignedIn) -> None:
    path = send(browser, "product-imports", sheet(HEADING, TEA)).location
    browser.post(f"{path}/columns", guessed(path))
    assert "Dừng lại" in text(browser, path)
    cancel(path)

    assert "Tệp chưa đọc thử xong, chưa ghi dòng nào." in text(browser, path)
    assert "làm dở" in text(browser, "/manage/import")
    assert browser.post(f"{path}/columns", guessed(path)).status_code == 303
    run_jobs()

    assert run_of(path).state == "checked"
    assert count(Product) == 0


def test_a_writing_left_halfway_is_gone_on_with(
    browser: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = checked(browser, "product-imports", sheet(HEADING, TEA, KNIFE))
    cancelled_after_the_first_piece(browser, path, monkeypatch)

    assert count(Product) == 1
    assert "Mới ghi được 1 trên 2 dòng." in text(browser, path)
    assert browser.post(f"{path}/write", {"how": "all"}).status_code == 409
    assert browser.post(f"{path}/write", {"how": "rest"}).status_code == 303
    run_jobs()

    assert run_of(path).state == "done"
    assert count(Product) == 2


def test_a_writing_left_halfway_is_undone(
    browser: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = checked(browser, "product-imports", sheet(HEADING, TEA, KNIFE))
    cancelled_after_the_first_piece(browser, path, monkeypatch)

    assert browser.post(f"{path}/undo").status_code == 303
    run_jobs()

    assert run_of(path).state == "undone"
    assert count(Product) == 0


def cancelled_after_the_first_piece(
    browser: SignedIn, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line a piece; the person presses the button while the first is written."""
    write_lines = import_runs.write_lines

    def write_and_cancel(work: Any, **given: Any) -> bool:
        fit = write_lines(work, **given)
        work.session.execute(update(Job).values(cancel_asked_at=work.now))
        return fit

    with monkeypatch.context() as patched:
        patched.setattr("catalog.service.pieces.FEWEST", 1)
        patched.setattr(import_runs, "write_lines", write_and_cancel)
        assert browser.post(f"{path}/write", {"how": "all"}).status_code == 303
        run_jobs()
    assert run_of(path).state == "writing"


def test_an_undoing_that_failed_is_gone_on_with(browser: SignedIn) -> None:
    path = written(browser, "product-imports", sheet(HEADING, TEA))
    browser.post(f"{path}/undo")
    fail(path)

    assert "Hoàn lại tiếp" in text(browser, path)
    assert browser.post(f"{path}/undo").status_code == 303
    run_jobs()

    assert run_of(path).state == "undone"
    assert count(Product) == 0


def test_a_job_tried_again_after_the_import_was_begun_anew_writes_nothing(
    browser: SignedIn,
) -> None:
    path = checked(browser, "product-imports", sheet(HEADING, TEA))
    browser.post(f"{path}/write", {"how": "all"})
    fail(path)
    failed = run_of(path).job_id
    browser.post(f"{path}/undo")
    with transaction(by=COMMAND) as work:
        old = work.session.get_one(Job, failed)
        retry_job(work, public_id=old.public_id)
    run_jobs()

    with reading() as session:
        assert session.get_one(Job, failed).state == "failed"
    assert run_of(path).state == "undone"
    assert count(Product) == 0


def test_where_a_refusal_met_before_a_crash_nothing_stays_written(
    browser: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = checked(browser, "product-imports", sheet(HEADING, TEA, KNIFE))
    with transaction(by=COMMAND) as work:
        work.session.execute(update(ImportRow).where(ImportRow.line == 2).values(fate="refused"))
        work.session.execute(update(ImportRun).values(all_or_none=True, state="writing"))
    browser.post(f"{path}/write", {"how": "rest"})
    run_jobs()

    assert run_of(path).state == "refused"
    assert count(Product) == 0


def test_an_import_is_forgotten_after_a_month_with_its_lines_and_its_file(
    browser: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = written(browser, "product-imports", sheet(HEADING, TEA))
    moving = send(browser, "product-imports", sheet(HEADING, KNIFE)).location
    browser.post(f"{moving}/columns", guessed(moving))
    key = run_of(old).file_key
    now = clock.now()

    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=29))
    tasks.forget_imports()
    assert count(ImportRun) == 2

    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=31))
    tasks.forget_imports()
    assert run_of(moving).state == "checking"
    assert count(ImportRun) == 1
    assert count(ImportRow) == 0
    assert count(Product) == 1
    with pytest.raises(FileNotFoundError):
        files().reading(key)
