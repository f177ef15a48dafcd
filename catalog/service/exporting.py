"""Goods, lots and people as sheets: small ones at once, large ones by a job that keeps a file."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy.orm import Session

from catalog.queries import exported
from catalog.service.sheet_kinds import SHEET_KINDS
from catalog.sheets import Cell, Column
from core.jobs import Job, enqueue
from core.work import Work

EXPORTING = "export_sheet"  # A kind of job.
LARGE = 1_000  # More lines than this would keep somebody's browser, and a web process, waiting.

_CELLS: Mapping[str, Callable[[Session, int], Iterator[dict[str, Cell]]]] = {
    "products": exported.product_cells,
    "lots": exported.lot_cells,
    "members": exported.member_cells,
}
_NEVER_EXPORTED = frozenset(
    {
        *("producer", "producer_type", "commune", "district", "province", "province_2025"),
        *("stars", "recognised_year", "decision", "status", "source"),
    }
)


def exported_columns(kind: str) -> list[Column]:
    """The columns of a sheet: those of the template that an enterprise's own things have."""
    return [one for one in SHEET_KINDS[kind].columns if one.name not in _NEVER_EXPORTED]


def exported_lines(session: Session, kind: str, enterprise_id: int) -> Iterator[Sequence[Cell]]:
    """Everything of a kind an enterprise has, line by line, in the columns of the template."""
    names = [column.name for column in exported_columns(kind)]
    return ([row.get(name) for name in names] for row in _CELLS[kind](session, enterprise_id))


def start_export(
    work: Work, *, kind: str, file_format: str, heading: Sequence[str], lines: int
) -> Job:
    """Have a large sheet written by the worker, for the enterprise acted for."""
    arguments = {
        "kind": kind,
        "format": file_format,
        "heading": list(heading),
        "lines": lines,
    }
    return enqueue(work, kind=EXPORTING, arguments=arguments, total=lines)


def export_key(public_id: str, file_format: str) -> str:
    """Under which key the file of a job lies; it goes with the job's row."""
    return f"exports/{public_id}.{file_format}"
