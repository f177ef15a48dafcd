"""Everything held of a person as one file: JSON for programs, a page for people."""

import json
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from flask import current_app, render_template

from accounts.queries import erased_people, subject_of
from app.personal import HELD
from app.personal_words import column_words, value_words
from core import cleaning, clock, display, periods
from core.files import files
from core.language import current_language
from core.pages import ROOT
from core.personal import Holding, holdings
from core.work import reading
from core.worker.handle import JobHandle

EXPORTING = "export_person"
ROWS_READ = 300  # Of one table on the page; the JSON has all.
_LOOK = ("tokens.css", "look.css")


def export_person(job: JobHandle) -> dict[str, Any]:
    """Kind `export_person`: gather everything about whoever asked and keep it as a file.

    A part that cannot be read fails the whole: a download with a gap would be a lie.
    """
    with reading() as session:
        found = list(holdings(session, HELD, subject_of(session, job.arguments["person_id"])))
    job.progress(1, 2)
    key = f"exports/{job.public_id}.zip"
    with (
        files().writing(key, content_type="application/zip") as target,
        ZipFile(target, "w", ZIP_DEFLATED) as zipped,
    ):
        zipped.writestr("data.json", _json(found))
        zipped.writestr("doc-toi.html", _page(found, job.arguments["language"]))
        for name in _LOOK:
            zipped.write(ROOT / "static" / "ui" / name, name)
    job.progress(2, 2)
    return {"file": key}


def forget_exports() -> None:
    """Delete downloads a week old, and those of who was erased: nothing of them is to stay."""
    cleaning.forget_jobs(kind=EXPORTING, period=periods.EXPORTS)
    cleaning.forget_jobs_by(EXPORTING, erased_people())


def _json(found: list[Holding]) -> str:
    held = {
        "made_at": clock.now().isoformat(),
        "held": [{"table": one.table, "title": one.title, "rows": one.rows} for one in found],
    }
    return json.dumps(held, ensure_ascii=False, indent=1)


def _page(found: list[Holding], language: str) -> str:
    # The worker has no reader: the page is drawn as if whoever asked had asked for it.
    with current_app.test_request_context(f"/?lang={language}"):
        return render_template(
            "app/personal_export.html",
            parts=[_part(one) for one in found],
            has_goods=any(one.table == "product" and one.rows for one in found),
            made_at=display.clock_and_day(clock.now(), current_language()),
            look=_LOOK,
        )


def _part(one: Holding) -> dict[str, Any]:
    newest = one.rows[-ROWS_READ:]
    return {
        "title": one.title,
        "more": len(one.rows) - len(newest),
        "rows": [
            [
                (column_words(name), words)
                for name, value in row.items()
                if (words := value_words(one.table, name, value))
            ]
            for row in newest
        ],
    }
