"""What can be imported from a sheet: one line a kind. A new kind is written beside these."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from catalog.models import ImportRow, ImportRun
from catalog.service.asked_prices import with_doubts
from catalog.service.entries import Outcome
from catalog.service.imports import write_products
from catalog.service.lot_sheets import goods_by_name, lot_lines, undo_lot, write_lots
from catalog.service.member_sheets import member_lines, undo_member, write_members
from catalog.service.sheet_lines import Owner
from catalog.service.sheets import SheetLine, product_lines
from catalog.service.unmaking import remove_imported, restore_product
from catalog.sheets import Column, Line
from catalog.sheets.people import MEMBER_COLUMNS
from catalog.sheets.products import LOT_COLUMNS, PRODUCT_COLUMNS
from core.work import Work


def _without_doubts(
    _session: Session, _rows: Sequence[Any], outcomes: Mapping[str, Outcome]
) -> dict[str, Outcome]:
    return dict(outcomes)


@dataclass(frozen=True)
class SheetKind:
    """How lines of one kind are read, written and undone."""

    name: str
    columns: tuple[Column, ...]
    read: Callable[[Session, Iterator[Line], Mapping[str, int], Owner], Iterator[SheetLine]]
    write: Callable[[Work, Sequence[Any]], dict[str, Outcome]]  # By the rows' keys.
    undo: Callable[[Work, ImportRow], None]  # Raises ImportTouched.
    doubt: Callable[[Session, Sequence[Any], Mapping[str, Outcome]], dict[str, Outcome]] = (
        _without_doubts  # What a check says beside lines that could be written.
    )


def _read_products(
    _session: Session, lines: Iterator[Line], chosen: Mapping[str, int], owner: Owner
) -> Iterator[SheetLine]:
    return product_lines(lines, chosen, owner=owner)


def _read_lots(
    session: Session, lines: Iterator[Line], chosen: Mapping[str, int], owner: Owner
) -> Iterator[SheetLine]:
    return lot_lines(lines, chosen, goods=goods_by_name(session, owner.enterprise_id))


def _read_members(
    _session: Session, lines: Iterator[Line], chosen: Mapping[str, int], owner: Owner
) -> Iterator[SheetLine]:
    return member_lines(lines, chosen, enterprise_id=owner.enterprise_id)


def _undo_product(work: Work, row: ImportRow) -> None:
    assert row.object_id is not None
    assert row.object_version is not None
    if row.before is None:
        remove_imported(work, product_id=row.object_id, version=row.object_version)
    else:
        restore_product(
            work,
            product_id=row.object_id,
            version=row.object_version,
            before=row.before,
            since=work.session.get_one(ImportRun, row.run_id).created_at,
        )


def _undo_lot(work: Work, row: ImportRow) -> None:
    assert row.object_id is not None
    assert row.object_version is not None
    undo_lot(work, lot_id=row.object_id, version=row.object_version, before=row.before)


def _undo_member(work: Work, row: ImportRow) -> None:
    assert row.object_id is not None
    undo_member(work, person_id=row.object_id, role_words=row.texts["role"])


SHEET_KINDS: Mapping[str, SheetKind] = {
    "products": SheetKind(
        "products", PRODUCT_COLUMNS, _read_products, write_products, _undo_product, with_doubts
    ),
    "lots": SheetKind("lots", LOT_COLUMNS, _read_lots, write_lots, _undo_lot),
    "members": SheetKind("members", MEMBER_COLUMNS, _read_members, write_members, _undo_member),
}
