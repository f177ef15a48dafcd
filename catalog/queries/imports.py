"""Imports as their enterprise sees them."""

from collections.abc import Sequence

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from catalog.models import ImportRow, ImportRun

IMPORTS_SHOWN = 10
ROWS_A_PAGE = 50


def import_run(session: Session, public_id: str, kind: str) -> ImportRun | None:
    """The import the outside knows by this id."""
    return session.scalars(
        select(ImportRun).where(ImportRun.public_id == public_id, ImportRun.kind == kind)
    ).one_or_none()


def latest_imports(session: Session, enterprise_id: int) -> Sequence[ImportRun]:
    """The enterprise's last imports, the newest first."""
    mine = select(ImportRun).where(ImportRun.enterprise_id == enterprise_id)
    return session.scalars(mine.order_by(ImportRun.id.desc()).limit(IMPORTS_SHOWN)).all()


def fates_of(session: Session, run_id: int) -> dict[str, int]:
    """How many lines have which fate."""
    counted = select(ImportRow.fate, func.count()).where(ImportRow.run_id == run_id)
    return {row[0]: row[1] for row in session.execute(counted.group_by(ImportRow.fate))}


def undone_of(session: Session, run_id: int) -> dict[bool, int]:
    """How many written lines were undone, and how many stayed."""
    counted = select(ImportRow.undone, func.count()).where(
        ImportRow.run_id == run_id, ImportRow.undone.is_not(None)
    )
    return {bool(row[0]): row[1] for row in session.execute(counted.group_by(ImportRow.undone))}


def import_rows(session: Session, run_id: int, *, after: int) -> Sequence[ImportRow]:
    """A page of lines: what is refused or stayed first, then as in the file."""
    first = case((ImportRow.undone.is_(False), 0), (ImportRow.fate == "refused", 1), else_=2)
    rows = select(ImportRow).where(ImportRow.run_id == run_id).order_by(first, ImportRow.line)
    return session.scalars(rows.limit(ROWS_A_PAGE).offset(after)).all()


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
