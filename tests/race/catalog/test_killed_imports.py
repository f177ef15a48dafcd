"""`kill -9` in the middle of an import: the next worker goes on, no line is written twice."""

import os
import signal
import subprocess
import sys
import time

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.settings import Settings
from catalog.models import ImportRow, ImportRun, Product
from catalog.service import import_runs as runs
from catalog.sheets import write_table
from core.files import files
from core.jobs import Job
from core.work import COMMAND, By, reading, transaction
from tests.makers import make_enterprise, make_person

LINES = 150
SECONDS = 180  # Until a wait is given up; each worker first loads the whole application.
KEY = "imports/killed"


def work_on(settings: Settings, step: int) -> int:
    """Let a worker live until `step`, 0: to the end; how its process ended."""
    given = {
        "GOC_DATABASE_URL": settings.database_url,
        "GOC_INSTANCE": str(settings.instance),
        "GOC_SECRET_KEY": settings.secret_key,
    }
    command = [sys.executable, "-m", "tests.race.catalog.doomed_import", str(step)]
    return subprocess.run(
        command, env={**os.environ, **given}, timeout=SECONDS, check=False
    ).returncode


def state() -> tuple[str, int]:
    """Where the import is, and how many jobs are not finished."""
    with reading() as session:
        jobs = session.scalar(select(func.count()).where(Job.finished_at.is_(None)))
        return session.scalars(select(ImportRun.state)).one(), jobs or 0


def begin() -> int:
    rows = [(f"Chè vụ {at}", "Thực phẩm", f"{at + 1}.000 đ", "hộp 200 g") for at in range(LINES)]
    heading = ("Tên hàng", "Nhóm", "Giá", "Quy cách")
    with files().writing(KEY) as stream:
        write_table(stream, heading, rows, kind="csv")
    chosen = {"name": 0, "group": 1, "price_vnd": 2, "pack_words": 3}
    with transaction(by=COMMAND) as work:
        enterprise = make_enterprise(work)
        work.by = By("person", make_person(work).id, enterprise.id)
        upload = runs.Upload("products", "a.csv", KEY, heading, (), chosen, LINES)
        run = runs.begin_import(work, enterprise_id=enterprise.id, upload=upload)
        runs.check_columns(work, run_id=run.id, chosen=chosen)
        return run.id


def go_on(settings: Settings) -> None:
    deadline = time.monotonic() + SECONDS
    while state()[1]:
        assert time.monotonic() < deadline, state()
        assert work_on(settings, 0) == 0


@pytest.mark.parametrize("how", ["all", "valid"])
def test_an_import_goes_on_after_its_worker_was_killed(
    app: Flask, settings: Settings, how: str
) -> None:
    run_id = begin()
    assert work_on(settings, 60) == -signal.SIGKILL
    go_on(settings)
    assert state() == ("checked", 0)
    with transaction(by=COMMAND) as work:
        runs.start_writing(work, run_id=run_id, all_or_none=how == "all")
    assert work_on(settings, 90) == -signal.SIGKILL
    assert state() == ("writing", 1)

    go_on(settings)

    assert state() == ("done", 0)
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Product)) == LINES
        written = select(func.count()).where(
            ImportRow.fate == "created", ImportRow.object_id.is_not(None)
        )
        assert session.scalar(written) == LINES
