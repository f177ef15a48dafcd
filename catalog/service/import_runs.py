"""An import step by step: each is one conditional UPDATE of its state, and the job it starts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, delete, or_, select, update

from catalog.errors import ImportNotSo, ImportTouched
from catalog.models import ImportRow, ImportRun
from catalog.queries.imports import fates_of, is_left_behind
from catalog.service.entries import Fate, Outcome
from catalog.service.import_words import words_of_outcome, words_of_refusal
from catalog.service.sheet_kinds import SHEET_KINDS
from catalog.service.sheets import SheetLine
from core import audit
from core.bulk import insert_rows
from core.jobs import enqueue
from core.work import Work

CHECKING, WRITING, UNDOING = "check_import", "write_import", "undo_import"  # Kinds of jobs.
WROTE = (Fate.CREATED, Fate.UPDATED)


@dataclass(frozen=True)
class Upload:
    """A file that was looked into and kept."""

    kind: str
    file_name: str
    file_key: str
    heading: Sequence[str]
    examples: Sequence[Sequence[str]]
    chosen: Mapping[str, int]
    total: int


def begin_import(work: Work, *, enterprise_id: int, upload: Upload) -> ImportRun:
    """Keep what was uploaded; its columns are looked at next."""
    run = ImportRun(
        public_id=work.new_public_id(),
        enterprise_id=enterprise_id,
        by_person_id=work.by.person_id,
        kind=upload.kind,
        file_name=upload.file_name,
        file_key=upload.file_key,
        heading=list(upload.heading),
        examples=[list(cells) for cells in upload.examples],
        chosen=dict(upload.chosen),
        total=upload.total,
        created_at=work.now,
    )
    work.session.add(run)
    work.session.flush()
    return run


def check_columns(work: Work, *, run_id: int, chosen: Mapping[str, int]) -> None:
    """Have the file looked over with these columns.

    Raises:
        ImportNotSo: it is written already, or on its way.
    """
    step = _Step("checking", CHECKING, since=("columns", "checked"), after=("checking",))
    _go(work, run_id, step, chosen=dict(chosen))


def start_writing(work: Work, *, run_id: int, all_or_none: bool) -> None:
    """Have it written: all lines or none, or those that may be.

    Raises:
        ImportNotSo: it was not looked over, or is written already; or not all lines may be.
    """
    step = _Step("writing", WRITING, since=("checked",))
    run = _go(work, run_id, step, all_or_none=all_or_none)
    if all_or_none and counts_of_run(work, run_id).get(Fate.REFUSED):
        raise ImportNotSo(f"import {run.public_id} has lines that may not be written")


def go_on_writing(work: Work, *, run_id: int) -> None:
    """Have a writing that was left halfway gone on with, from the first line not written.

    Raises:
        ImportNotSo: it is at it, or was never begun.
    """
    _go(work, run_id, _Step("writing", WRITING, after=("writing",)))


def start_undoing(work: Work, *, run_id: int) -> None:
    """Have what it wrote undone, as far as nobody changed it since; a writing left halfway too.

    Raises:
        ImportNotSo: it is not written, or undone already.
    """
    _go(work, run_id, _Step("undoing", UNDOING, since=("done",), after=("writing", "undoing")))


def forget_lines(work: Work, *, run_id: int, lines: Sequence[int]) -> None:
    """Throw away what was found of lines: the file is looked over from its beginning, or gone."""
    mine = (ImportRow.run_id == run_id, ImportRow.line.in_(lines))
    work.session.execute(delete(ImportRow).where(*mine))


def forget_import(work: Work, *, run_id: int) -> None:
    """Throw away an import whose lines are gone."""
    work.session.execute(delete(ImportRun).where(ImportRun.id == run_id))


def keep_lines(
    work: Work, *, run_id: int, lines: Sequence[SheetLine], outcomes: Mapping[str, Outcome]
) -> None:
    """Keep what would become of lines."""
    insert_rows(work.session, ImportRow, [_row(run_id, line, outcomes) for line in lines])


def unwritten(work: Work, *, run_id: int, lines: Sequence[SheetLine]) -> list[SheetLine]:
    """The lines that are to be written and are not yet: after a crash some are."""
    found = work.session.scalars(
        select(ImportRow.line).where(
            ImportRow.run_id == run_id,
            ImportRow.line.in_([line.number for line in lines]),
            ImportRow.fate.in_(WROTE),
            ImportRow.object_id.is_(None),
        )
    )
    wanted = set(found)
    return [line for line in lines if line.number in wanted]


def write_lines(work: Work, *, run: ImportRun, lines: Sequence[SheetLine]) -> bool:
    """Write lines and what became of them, in one transaction; False: one was refused.

    A crash leaves a piece written whole with its rows, or not at all.
    """
    lines = unwritten(work, run_id=run.id, lines=lines)
    outcomes = SHEET_KINDS[run.kind].write(work, [line.row for line in lines])
    rows = [_row(run.id, line, outcomes) for line in lines]
    if rows:
        work.session.execute(update(ImportRow), rows)
    return all(outcome.fate is not Fate.REFUSED for outcome in outcomes.values())


def undo_rows(work: Work, *, run: ImportRun, rows: Sequence[ImportRow]) -> None:
    """Undo written rows one by one; one that changed or was used since stays, and says why."""
    for row in rows:
        fate: dict[str, Any] = {"undone": True}
        try:
            with work.session.begin_nested():
                SHEET_KINDS[run.kind].undo(work, row)
        except ImportTouched as refusal:
            fate = {"undone": False, "column": "", "sentence": refusal.sentence, "values": {}}
        mine = (ImportRow.run_id == run.id, ImportRow.line == row.line)
        work.session.execute(update(ImportRow).where(*mine).values(fate))


def finish_step(work: Work, *, run_id: int, state: str) -> None:
    """Say that a job came to its end; an import written is on the enterprise's record."""
    run = work.session.get_one(ImportRun, run_id)
    run.state = state
    if state == "done":
        run.written_at = work.now
    if state in {"done", "undone"}:
        audit.record(
            work,
            act="import_sheet" if state == "done" else "undo_import_sheet",
            object_kind="import",
            object_id=run.id,
            enterprise_id=run.enterprise_id,
            lines=counts_of_run(work, run_id),
        )
    work.session.flush()


def counts_of_run(work: Work, run_id: int) -> dict[str, int]:
    """How many lines have which fate."""
    return fates_of(work.session, run_id)


@dataclass(frozen=True)
class _Step:
    """A state and the job that is at it: begun in a state `since`, or `after` one left behind."""

    state: str
    job: str
    since: Sequence[str] = ()
    after: Sequence[str] = ()


def _go(work: Work, run_id: int, step: _Step, **values: Any) -> ImportRun:
    left = and_(ImportRun.state.in_(step.after), is_left_behind())
    taken = work.session.scalars(
        update(ImportRun)
        .where(ImportRun.id == run_id, or_(ImportRun.state.in_(step.since), left))
        .values(state=step.state, **values)
        .returning(ImportRun),
        execution_options={"synchronize_session": False, "populate_existing": True},
    ).one_or_none()
    if taken is None:
        raise ImportNotSo(f"import {run_id} is not in a state for {step.state}")
    arguments = {"run_id": run_id}
    taken.job_id = enqueue(work, kind=step.job, arguments=arguments, total=taken.total).id
    work.session.flush()
    return taken


def _row(run_id: int, line: SheetLine, outcomes: Mapping[str, Outcome]) -> dict[str, Any]:
    if line.refusal is not None:
        words, values = words_of_refusal(line.refusal)
        fate, column, outcome = Fate.REFUSED, line.refusal.column, Outcome(Fate.REFUSED)
    else:
        outcome = outcomes[line.row.key]
        column, words, values = words_of_outcome(outcome)
        fate = outcome.fate
    return {
        "run_id": run_id,
        "line": line.number,
        "texts": dict(line.texts),
        "fate": str(fate),
        "column": column,
        "sentence": words,
        "values": values,
        "object_id": outcome.object_id,
        "object_version": outcome.version,
        "before": outcome.before,
    }
