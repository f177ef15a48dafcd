"""Goods, lots and people from a sheet and into one: upload, columns, a check, writing, undoing.

Each kind of sheet has a blueprint of its own, because each asks for an act of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from shutil import copyfileobj
from typing import IO

from apiflask import APIBlueprint
from flask import Response, after_this_request, request
from flask_babel import gettext

from accounts.rules import Act
from accounts.web import answer_once, enterprise_id, may, own, requires, signed_in
from catalog.errors import ColumnsMissing, ImportNotSo, SheetRefused
from catalog.models import ImportRow, ImportRun
from catalog.practice_errors import NotInPractice
from catalog.queries import imports as queries
from catalog.routes import manage_exports
from catalog.service import import_runs as runs
from catalog.service.sheet_kinds import SHEET_KINDS
from catalog.service.sheets import open_table, refuse_missing
from catalog.sheets import Column
from catalog.sheets import guess as guess_columns
from core import ids
from core.display import number
from core.files import files
from core.language import current_language
from core.pages import page
from core.paging import address, asked_page
from core.text.numbers import bounded
from core.work import Work, reading

EXAMPLES = 3
LONGEST_NAME = 200
_ACTS = {
    "products": Act.EDIT_PRODUCT,
    "lots": Act.DECLARE_LOT,
    "members": Act.MANAGE_MEMBERS,
}
bp = APIBlueprint("manage_imports", __name__, enable_openapi=False)


@bp.get("/manage/import")
@requires(Act.VIEW_MANAGE)
def index() -> Response:
    """What can be brought and taken, and the last imports."""
    return _index(200)


@dataclass(frozen=True)
class _Kind:
    """The pages of one kind of sheet."""

    name: str

    @property
    def word(self) -> str:
        return f"{self.name.removesuffix('s')}-imports"

    @property
    def columns(self) -> tuple[Column, ...]:
        return SHEET_KINDS[self.name].columns

    def upload(self) -> Response:
        """Look into the file, keep it, then ask about its columns. Not in practice."""
        if may(Act.PUBLISH_PRACTICE):  # Who learns types a few goods; files hold real ones.
            return _index(NotInPractice.status, {self.name: str(gettext(NotInPractice.sentence))})
        sent = request.files.get("file")
        content = sent.stream if sent is not None and sent.filename else BytesIO()
        name = (sent.filename or "")[:LONGEST_NAME] if sent is not None else ""
        _close_afterwards(content)
        try:
            upload = self._look_into(content, name)
        except SheetRefused as refusal:
            said = gettext(refusal.sentence, **refusal.values)
            return _index(refusal.status, {self.name: str(said)})

        def effect(work: Work) -> str:
            run = runs.begin_import(work, enterprise_id=enterprise_id(), upload=upload)
            return f"/manage/{self.word}/{run.public_id}"

        return answer_once(effect)

    def shown(self, public_id: str) -> Response:
        """Where the import stands, and the next step."""
        return self._draw(self._own(public_id), 200)

    def check(self, public_id: str) -> Response:
        """Look the file over with the columns as chosen."""
        run = self._own(public_id)
        chosen = _chosen(self.columns, len(run.heading))
        try:
            refuse_missing(chosen, self.columns)
        except ColumnsMissing as refusal:
            words = str(gettext(refusal.sentence, **refusal.values))
            return self._draw(run, 422, error=words)

        def effect(work: Work) -> str:
            runs.check_columns(work, run_id=run.id, chosen=chosen)
            return f"/manage/{self.word}/{run.public_id}"

        return answer_once(effect)

    def write(self, public_id: str) -> Response:
        """Write it: all lines or none, those that may be, or the rest of a writing left halfway."""
        run = self._own(public_id)
        how = request.form.get("how")

        def effect(work: Work) -> str:
            if how == "rest":
                runs.go_on_writing(work, run_id=run.id)
            else:
                runs.start_writing(work, run_id=run.id, all_or_none=how != "valid")
            return f"/manage/{self.word}/{run.public_id}"

        return self._step(run, effect)

    def undo(self, public_id: str) -> Response:
        """Undo what it wrote."""
        run = self._own(public_id)

        def effect(work: Work) -> str:
            runs.start_undoing(work, run_id=run.id)
            return f"/manage/{self.word}/{run.public_id}"

        return self._step(run, effect)

    def template(self) -> Response:
        """An empty sheet with our headings and a few examples."""
        heading = [str(gettext(column.words)) for column in self.columns]
        most = max(len(column.examples) for column in self.columns)
        rows = [
            [column.examples[at] if at < len(column.examples) else "" for column in self.columns]
            for at in range(most)
        ]
        return manage_exports.sheet(f"goc-{self.name}-mau", heading, rows)

    def export(self) -> Response:
        """Everything there is, in the columns of the template."""
        return manage_exports.export(self.name)

    def start_export(self) -> Response:
        """Have a long one made."""
        return manage_exports.start(self.name)

    def exported(self, public_id: str) -> Response:
        """The file that was made."""
        return manage_exports.fetch(self.name, public_id)

    def _look_into(self, content: IO[bytes], name: str) -> runs.Upload:
        """Read the file through once, so that a bad one is refused at once; then keep it.

        Raises:
            SheetRefused: it is no table with one of our columns.
        """
        table = open_table(content, self.columns)
        first = list(islice(table.lines, EXAMPLES))
        total = len(first) + sum(1 for _ in table.lines)
        key = f"imports/{ids.public_id()}"
        content.seek(0)
        with files().writing(key) as kept:
            copyfileobj(content, kept)
        return runs.Upload(
            kind=self.name,
            file_name=name,
            file_key=key,
            heading=table.heading,
            examples=[line.cells for line in first],
            chosen=guess_columns(table.heading, self.columns),
            total=total,
        )

    def _step(self, run: ImportRun, effect: Callable[[Work], str]) -> Response:
        try:
            return answer_once(effect)
        except ImportNotSo as refusal:
            return self._draw(
                self._own(run.public_id), refusal.status, error=str(gettext(refusal.sentence))
            )

    def _own(self, public_id: str) -> ImportRun:
        with reading() as session:
            return own(queries.import_run(session, public_id, self.name))

    def _draw(self, run: ImportRun, status: int, *, error: str = "") -> Response:
        with reading() as session:
            counts = queries.fates_of(session, run.id)
            pages = -(-sum(counts.values()) // queries.ROWS_A_PAGE)
            at = asked_page(pages)
            rows = queries.import_rows(session, run.id, after=(at - 1) * queries.ROWS_A_PAGE)
            undone = queries.undone_of(session, run.id)
            is_checked = run.state == "checked"  # Nothing is written yet: its prices are looked at.
            doubted = queries.doubted_of(session, run.id) if is_checked else 0
            written = 0 if is_checked else queries.written_of(session, run.id)
            job = queries.job_of_run(session, run)
        is_moving = run.state in queries.MOVING and job is not None and job.finished_at is None
        path = f"/manage/{self.word}/{run.public_id}"
        return page(
            "catalog/manage/import.html",
            status=status,
            run=run,
            path=path,
            job=job,
            is_moving=is_moving,
            is_left_behind=run.state in queries.MOVING and not is_moving,
            may_cancel=is_moving and job is not None and job.person_id == signed_in().person_id,
            counts=counts,
            undone=undone,
            written=written,
            doubted=doubted,
            error=error,
            columns=[
                (each, gettext(each.words), run.chosen.get(each.name)) for each in self.columns
            ],
            shown=[each for each in self.columns if each.name in run.chosen],
            rows=[(row, _said(row)) for row in rows],
            at=at,
            pages=pages,
            url_of=lambda wanted: address(path, [("page", str(wanted) if wanted > 1 else "")]),
            count=lambda value: number(value, current_language()),
        )


def _blueprint(kind: _Kind) -> APIBlueprint:
    """The routes of one kind: each needs the act that adds such things by form."""
    made = APIBlueprint(f"{kind.name}_imports", __name__, enable_openapi=False)
    guard = requires(_ACTS[kind.name])
    one = f"/manage/{kind.word}/<public_id:public_id>"
    for method, rule, view in (
        ("POST", f"/manage/{kind.word}", kind.upload),
        ("GET", one, kind.shown),
        ("POST", f"{one}/columns", kind.check),
        ("POST", f"{one}/write", kind.write),
        ("POST", f"{one}/undo", kind.undo),
        ("GET", f"/manage/{kind.name}/export", kind.export),
        ("POST", f"/manage/{kind.name}/exports", kind.start_export),
        ("GET", f"/manage/{kind.name}/exports/<public_id:public_id>", kind.exported),
        ("GET", f"/manage/{kind.name}/template", kind.template),
    ):
        made.add_url_rule(rule, view.__name__, guard(view), methods=[method])
    return made


products = _blueprint(_Kind("products"))
lots = _blueprint(_Kind("lots"))
members = _blueprint(_Kind("members"))


def _index(status: int, errors: dict[str, str] | None = None) -> Response:
    mine = [name for name, act in _ACTS.items() if may(act)]
    with reading() as session:
        latest = queries.latest_imports(session, enterprise_id(), kinds=mine)
        left = queries.left_behind(session, [run.id for run in latest])
    return page(
        "catalog/manage/imports.html",
        status=status,
        errors=errors or {},
        latest=[
            (
                run,
                f"/manage/{_Kind(run.kind).word}/{run.public_id}",
                "left" if run.id in left else run.state,
            )
            for run in latest
        ],
        kinds=[(name, _Kind(name).word) for name in mine],
    )


def _close_afterwards(content: IO[bytes]) -> None:
    """Close what was uploaded once the answer is made: a form sent twice is known by its bytes."""

    @after_this_request
    def close(response: Response) -> Response:
        content.close()
        return response


def _chosen(columns: Sequence[Column], width: int) -> dict[str, int]:
    """The columns as chosen in the form, counted from 0; one column serves one field."""
    chosen: dict[str, int] = {}
    for column in columns:
        said = request.form.get(f"column_{column.name}", "")
        place = bounded(said, most=width)
        if place is not None and place < width and place not in chosen.values():
            chosen[column.name] = place
    return chosen


def _said(row: ImportRow) -> str:
    return str(gettext(row.sentence, **row.values)) if row.sentence else ""
