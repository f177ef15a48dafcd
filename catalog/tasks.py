"""Long work of the catalog: files looked over, written and undone, in pieces."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from accounts.queries import makers
from catalog.errors import ImportNotSo
from catalog.models import ImportRun
from catalog.queries import imports as queries
from catalog.service import import_runs as runs
from catalog.service.entries import Outcome
from catalog.service.exporting import export_key, exported_lines
from catalog.service.pieces import in_pieces
from catalog.service.sheet_kinds import SHEET_KINDS, SheetKind
from catalog.service.sheet_lines import Owner
from catalog.service.sheets import SheetLine, open_table
from catalog.sheets import write_table
from core import clock, periods
from core.files import files
from core.work import WORKER, Work, reading, rehearsal, transaction
from core.worker.handle import JobHandle

T = TypeVar("T")
READ_AT_ONCE = 1_000  # Lines in memory: a file may have fifty times as many.


def check_import(job: JobHandle) -> dict[str, Any]:
    """Kind `check_import`: say of each line what would become of it, by writing it and taking back.

    Each piece meets every rule and constraint the writing will meet; nothing of it stays.
    """
    run = _run(job)
    kind = SHEET_KINDS[run.kind]
    _forget_lines(lambda: job.piece(0, run.total), run.id)
    done = 0
    for lines in _lines(run, kind):
        _keep(job, run, lines, _rehearsed(job, kind, lines, done=done), done=done)
        done += len(lines)
    return _finish(job, run, "checked")


def write_import(job: JobHandle) -> dict[str, Any]:
    """Kind `write_import`: write the lines; a crash between two pieces is gone on from.

    Where all or none were asked for and a line is refused now, what was written is undone.
    """
    run = _run(job)
    kind = SHEET_KINDS[run.kind]
    with reading() as session:  # A try before this one may have met a refusal and died.
        is_whole = not queries.fates_of(session, run.id).get("refused")
    before = 0
    for lines in _lines(run, kind):
        fit = [line for line in lines if line.row is not None]
        handed = [before]

        def begin(handed: list[int] = handed) -> AbstractContextManager[Work]:
            return job.piece(min(handed[0], run.total), run.total)

        def write(work: Work, piece: Sequence[SheetLine], handed: list[int] = handed) -> None:
            nonlocal is_whole
            is_whole = runs.write_lines(work, run=run, lines=piece) and is_whole
            handed[0] += len(piece)

        for _ in in_pieces(fit, begin, write):
            if run.all_or_none and not is_whole:
                _undo(job, run)
                return _finish(job, run, "refused")
        before += len(lines)
    return _finish(job, run, "done")


def undo_import(job: JobHandle) -> dict[str, Any]:
    """Kind `undo_import`: what it made is removed, what it changed put back, where untouched."""
    run = _run(job)
    _undo(job, run)
    return _finish(job, run, "undone")


def export_sheet(job: JobHandle) -> dict[str, Any]:
    """Kind `export_sheet`: write everything of a kind into a file that is fetched afterwards.

    A try that died leaves a part of a file under the same name: the next one writes it anew.
    """
    kind, file_format = job.arguments["kind"], job.arguments["format"]
    assert job.enterprise_id is not None, "whoever exports acts for an enterprise"
    key = export_key(job.public_id, file_format)
    with reading() as session, files().writing(key) as target:
        lines = _paced(job, exported_lines(session, kind, job.enterprise_id))
        write_table(target, job.arguments["heading"], lines, kind=file_format)
    return {"file": key, "location": f"/manage/{kind}/exports/{job.public_id}"}


def forget_imports() -> None:
    """Delete imports begun a month ago: first the file, then the lines, then the import.

    A crash between two of them leaves an import without file or lines: the next time deletes it.
    """
    with reading() as session:
        old = queries.imports_before(session, clock.now() - periods.IMPORTS.kept)
    for run in old:
        files().delete(run.file_key)
        _forget_lines(lambda: transaction(by=WORKER), run.id)
        with transaction(by=WORKER) as work:
            runs.forget_import(work, run_id=run.id)


def _forget_lines(begin: Callable[[], AbstractContextManager[Work]], run_id: int) -> None:
    with reading() as session:
        lines = queries.lines_of(session, run_id)

    def forget(work: Work, some: Sequence[int]) -> None:
        runs.forget_lines(work, run_id=run_id, lines=some)

    for _ in in_pieces(lines, begin, forget):
        pass


def _keep(
    job: JobHandle,
    run: ImportRun,
    lines: Sequence[SheetLine],
    outcomes: Mapping[str, Outcome],
    *,
    done: int,
) -> None:
    def keep(work: Work, some: Sequence[SheetLine]) -> None:
        runs.keep_lines(work, run_id=run.id, lines=some, outcomes=outcomes)

    for _ in in_pieces(lines, lambda: job.piece(min(done, run.total), run.total), keep):
        pass


def _undo(job: JobHandle, run: ImportRun) -> None:
    with reading() as session:
        rows = queries.rows_to_undo(session, run.id)
    done = [0]

    def write(work: Work, piece: Sequence[Any]) -> None:
        runs.undo_rows(work, run=run, rows=piece)
        done[0] += len(piece)

    for _ in in_pieces(rows, lambda: job.piece(min(done[0], run.total), run.total), write):
        pass


def _rehearsed(
    job: JobHandle, kind: SheetKind, lines: Sequence[SheetLine], *, done: int
) -> dict[str, Outcome]:
    outcomes: dict[str, Outcome] = {}
    rows = [line.row for line in lines if line.row is not None]

    def write(work: Work, piece: Sequence[Any]) -> None:
        for key, outcome in kind.write(work, piece).items():
            # What a rehearsal made is gone again: only what is found keeps its id.
            outcomes[key] = Outcome(outcome.fate, refusal=outcome.refusal)

    for _ in in_pieces(rows, lambda: rehearsal(by=job.by), write):
        job.progress(done)
    with reading() as session:
        return kind.doubt(session, rows, outcomes)


def _lines(run: ImportRun, kind: SheetKind) -> Iterator[list[SheetLine]]:
    """The file's lines anew, some at a time: the same file always reads the same."""
    with reading() as session, files().reading(run.file_key) as stream:
        owner = _owner(session, run.enterprise_id)
        table = open_table(stream, kind.columns)
        held: list[SheetLine] = []
        for line in kind.read(session, table.lines, run.chosen, owner):
            held.append(line)
            if len(held) == READ_AT_ONCE:
                yield held
                held = []
        if held:
            yield held


def _paced(job: JobHandle, lines: Iterator[T]) -> Iterator[T]:
    """The lines, and now and then how many there were; more than were counted are still one all."""
    for done, line in enumerate(lines, 1):
        yield line
        if done % READ_AT_ONCE == 0:
            job.progress(done, max(done, job.arguments["lines"]))


def _owner(session: Any, enterprise_id: int) -> Owner:
    maker = makers(session, [enterprise_id])[enterprise_id]
    return Owner(enterprise_id, maker.public_id, maker.name)


def _run(job: JobHandle) -> ImportRun:
    """The import, unless another job has it since this one was given up.

    Raises:
        ImportNotSo: somebody began anew, and the operator tries this one again.
    """
    with reading() as session:
        run = session.get_one(ImportRun, job.arguments["run_id"])
        mine = queries.job_of_run(session, run)
    if mine is None or mine.public_id != job.public_id:
        raise ImportNotSo(f"import {run.public_id} was begun anew")
    return run


def _finish(job: JobHandle, run: ImportRun, state: str) -> dict[str, Any]:
    with job.piece(run.total, run.total) as work:
        runs.finish_step(work, run_id=run.id, state=state)
    word = run.kind.removesuffix("s")
    return {"location": f"/manage/{word}-imports/{run.public_id}"}
