"""Imports as their enterprise sees them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from catalog.models import ImportRow, ImportRun
from core.jobs import UNFINISHED, Job

IMPORTS_SHOWN = 10
ROWS_A_PAGE = 50
MOVING = ("checking", "writing", "undoing")  # States of an import that a job is at.


def import_run(session: Session, public_id: str, kind: str) -> ImportRun | None:
    """The import the outside knows by this id."""
    return session.scalars(
        select(ImportRun).where(ImportRun.public_id == public_id, ImportRun.kind == kind)
    ).one_or_none()


def job_of_run(session: Session, run: ImportRun) -> Job | None:
    """The job that is at an import, or was last; None before the first and once it is forgotten."""
    return session.get(Job, run.job_id) if run.job_id is not None else None


def is_left_behind() -> ColumnElement[bool]:
    """Whether a step of an import ended without its end: cancelled, failed, or forgotten since."""
    at_it = select(Job.id).where(Job.id == ImportRun.job_id, Job.state.in_(UNFINISHED))
    return ImportRun.state.in_(MOVING) & ~at_it.exists()


def left_behind(session: Session, run_ids: Collection[int]) -> set[int]:
    """Which of these imports have a step that ended without its end."""
    mine = select(ImportRun.id).where(ImportRun.id.in_(run_ids), is_left_behind())
    return set(session.scalars(mine))


def imports_before(session: Session, until: datetime) -> Sequence[ImportRun]:
    """Imports begun before a time that nothing is at, the oldest first."""
    at_it = select(Job.id).where(Job.id == ImportRun.job_id, Job.state.in_(UNFINISHED))
    old = select(ImportRun).where(ImportRun.created_at < until, ~at_it.exists())
    return session.scalars(old.order_by(ImportRun.id)).all()


def lines_of(session: Session, run_id: int) -> Sequence[int]:
    """The numbers of the lines kept of an import."""
    kept = select(ImportRow.line).where(ImportRow.run_id == run_id)
    return session.scalars(kept.order_by(ImportRow.line)).all()


def latest_imports(
    session: Session, enterprise_id: int, *, kinds: Collection[str]
) -> Sequence[ImportRun]:
    """The enterprise's last imports of these kinds, the newest first."""
    mine = select(ImportRun).where(
        ImportRun.enterprise_id == enterprise_id, ImportRun.kind.in_(kinds)
    )
    return session.scalars(mine.order_by(ImportRun.id.desc()).limit(IMPORTS_SHOWN)).all()


def fates_of(session: Session, run_id: int) -> dict[str, int]:
    """How many lines have which fate."""
    counted = select(ImportRow.fate, func.count()).where(ImportRow.run_id == run_id)
    return {row[0]: row[1] for row in session.execute(counted.group_by(ImportRow.fate))}


def written_of(session: Session, run_id: int) -> int:
    """How many lines wrote something so far."""
    counted = select(func.count()).where(
        ImportRow.run_id == run_id,
        ImportRow.fate.in_(("created", "updated")),
        ImportRow.object_id.is_not(None),
    )
    return session.scalar(counted) or 0


def undone_of(session: Session, run_id: int) -> dict[bool, int]:
    """How many written lines were undone, and how many stayed."""
    counted = select(ImportRow.undone, func.count()).where(
        ImportRow.run_id == run_id, ImportRow.undone.is_not(None)
    )
    return {bool(row[0]): row[1] for row in session.execute(counted.group_by(ImportRow.undone))}


def import_rows(session: Session, run_id: int, *, after: int) -> Sequence[ImportRow]:
    """A page of lines: what is refused, stayed or is doubted first, then as in the file."""
    first = case(
        (ImportRow.undone.is_(False), 0),
        (ImportRow.fate == "refused", 1),
        (ImportRow.sentence != "", 2),
        else_=3,
    )
    rows = select(ImportRow).where(ImportRow.run_id == run_id).order_by(first, ImportRow.line)
    return session.scalars(rows.limit(ROWS_A_PAGE).offset(after)).all()


def doubted_of(session: Session, run_id: int) -> int:
    """How many lines would be written, or were, with a price that looks like a slip."""
    doubted = select(func.count()).where(
        ImportRow.run_id == run_id, ImportRow.fate != "refused", ImportRow.sentence != ""
    )
    return session.scalar(doubted) or 0


def rows_to_undo(session: Session, run_id: int) -> Sequence[ImportRow]:
    """The lines that wrote something and are not undone yet, the last first."""
    return session.scalars(
        select(ImportRow)
        .where(
            ImportRow.run_id == run_id,
            ImportRow.fate.in_(("created", "updated")),
            ImportRow.object_id.is_not(None),
            ImportRow.undone.is_(None),
        )
        .order_by(ImportRow.line.desc())
    ).all()
