"""Sheets taken out: a short one is the answer, a long one is made by the worker and fetched."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import IO

from flask import Response, request, send_file
from flask_babel import gettext

from accounts.web import answer_once, enterprise_id, own
from catalog.queries import exported
from catalog.service.exporting import (
    EXPORTING,
    LARGE,
    export_key,
    exported_columns,
    exported_lines,
    start_export,
)
from catalog.sheets import FORMATS, Cell, write_table
from core.display import number
from core.files import files
from core.jobs import job_of
from core.language import current_language
from core.pages import page
from core.redirects import see_other
from core.work import Work, reading


def export(kind: str) -> Response:
    """A sheet of everything of a kind; where it is long, a page that asks whether to make it."""
    with reading() as session:
        lines = exported.line_count(session, kind, enterprise_id())
        if lines <= LARGE:
            rows = exported_lines(session, kind, enterprise_id())
            return sheet(f"goc-{kind}", _heading(kind), rows)
    return page(
        "catalog/manage/export.html",
        kind=kind,
        file_format=asked_format(request.args.get("format")),
        lines=number(lines, current_language()),
    )


def start(kind: str) -> Response:
    """Begin to make a long one, and show how far it is."""
    file_format = asked_format(request.form.get("format"))
    with reading() as session:
        lines = exported.line_count(session, kind, enterprise_id())
    heading = _heading(kind)

    def effect(work: Work) -> str:
        job = start_export(work, kind=kind, file_format=file_format, heading=heading, lines=lines)
        return f"/manage/jobs/{job.public_id}"

    return answer_once(effect)


def fetch(kind: str, public_id: str) -> Response:
    """The file a job made, for whoever may export such things; gone or not ready: the imports."""
    with reading() as session:
        job = own(job_of(session, public_id=public_id, enterprise_id=enterprise_id()))
    if job.kind != EXPORTING or job.arguments["kind"] != kind:
        return see_other("/manage/import")  # It made something else, for another's eyes perhaps.
    file_format = job.arguments["format"]
    try:
        stream = files().reading(export_key(job.public_id, file_format))
    except FileNotFoundError:
        return see_other("/manage/import")
    return _attached(stream, f"goc-{kind}.{file_format}", FORMATS[file_format])


def sheet(name: str, heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """A short sheet as the answer, in the format asked for."""
    kind = asked_format(request.args.get("format"))
    target = BytesIO()  # A thousand lines: some hundred kilobytes.
    write_table(target, heading, rows, kind=kind)
    target.seek(0)
    return _attached(target, f"{name}.{kind}", FORMATS[kind])


def asked_format(text: str | None) -> str:
    """CSV where it was asked for, else a workbook."""
    return "csv" if text == "csv" else "xlsx"


def _heading(kind: str) -> list[str]:
    return [str(gettext(column.words)) for column in exported_columns(kind)]


def _attached(stream: IO[bytes], name: str, mimetype: str) -> Response:
    response = send_file(stream, mimetype=mimetype, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response
