"""Sheets of products (CSV): each line becomes a row to import or a refusal that names its line."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field

from catalog.errors import UnreadableSheet
from catalog.service.entries import ProductRow
from catalog.service.sheet_lines import Owner, form_line, public_line
from core.text.refusal import Unreadable

MAX_LINES = 50_000  # Beyond the country's 17,000 OCOP products; more is a mistake of the file.
PUBLIC_COLUMNS = frozenset({"product_name", "producer", "group", "status", "source"})
FORM_COLUMNS = frozenset({"name", "group", "pack_content", "pack_unit", "price_vnd"})


@dataclass(frozen=True)
class Refusal:
    """A line that was not imported; `reason` is a stable word, `column` where it lies."""

    line: int  # As an editor numbers them: the heading is line 1.
    column: str
    reason: str


@dataclass(frozen=True)
class Sheet:
    """What a file says."""

    rows: list[ProductRow] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)  # By the row's key: where it stands.


def read_sheet(lines: Iterable[str], *, owner: Owner | None = None) -> Sheet:
    """Read a sheet in one of the two accepted layouts, known by its heading.

    Published lists (`product_name, producer, …, status, source`) name their producers; sheets of
    the product form (`name, group, pack_content, pack_unit, price_vnd[, gtin]`) belong to `owner`.

    Raises:
        UnreadableSheet: the heading is neither, or the file is too long or no CSV.
    """
    reader = csv.DictReader(lines, strict=True)
    sheet = Sheet()
    try:
        columns = frozenset(reader.fieldnames or ())
        if not (columns >= PUBLIC_COLUMNS or (owner is not None and columns >= FORM_COLUMNS)):
            raise UnreadableSheet("the heading is that of no layout")
        for cells in reader:
            if reader.line_num > MAX_LINES:
                raise UnreadableSheet(f"more than {MAX_LINES} lines")
            _read_line(sheet, reader.line_num, cells, owner)
    except csv.Error as error:
        raise UnreadableSheet(f"line {reader.line_num}: {error}") from error
    return sheet


def _read_line(sheet: Sheet, line: int, cells: dict[str, str | None], owner: Owner | None) -> None:
    texts = {name: (text or "").strip() for name, text in cells.items() if name is not None}
    try:
        if "product_name" in texts:
            row = public_line(texts, owner=owner)
        else:
            assert owner is not None
            row = form_line(texts, owner=owner)
    except Unreadable as refused:
        column = str(refused.values.get("column", ""))
        sheet.refusals.append(Refusal(line, column, refused.code))
        return
    if row.key in sheet.lines:
        sheet.refusals.append(Refusal(line, "", "repeated"))
        return
    sheet.lines[row.key] = line
    sheet.rows.append(row)
