"""Sheets of products: each line becomes a row to import, or a refusal that names its line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import IO, Any

from catalog.errors import ColumnsMissing, UnreadableSheet
from catalog.service.entries import ProductRow
from catalog.service.sheet_lines import Owner, product_line
from catalog.sheets import Column, Line, Table, guess, missing, read_table
from catalog.sheets.products import PRODUCT_COLUMNS
from core.text.refusal import Unreadable

REPEATED = "repeated"


@dataclass(frozen=True)
class Refusal:
    """A line that was not imported; `reason` is a stable word, `column` where it lies."""

    line: int  # As an editor numbers them: the heading is line 1.
    column: str
    reason: str
    values: Mapping[str, object] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class SheetLine:
    """One line as it was read: a row, or why it is none. `texts` by field, as they stand there."""

    number: int
    texts: Mapping[str, str]
    row: Any = None  # As the kind of sheet reads it: it has a `key`.
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Sheet:
    """What a file says, all of it."""

    rows: list[ProductRow] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)  # By the row's key: where it stands.


def columns_for(owner: Owner | None) -> tuple[Column, ...]:
    """The columns of a sheet of products; a published list (no owner) must name its producers."""
    if owner is not None:
        return PRODUCT_COLUMNS
    return tuple(
        replace(column, required=True) if column.name == "producer" else column
        for column in PRODUCT_COLUMNS
    )


def open_table(stream: IO[bytes], columns: Sequence[Column]) -> Table:
    """Read a file whose heading names some of these columns.

    Raises:
        SheetRefused: it is no table, or names none of them.
    """
    table = read_table(stream, known=lambda cells: len(guess(cells, columns)))
    if not guess(table.heading, columns):
        raise UnreadableSheet("the heading names nothing we know")
    return table


def read_sheet(stream: IO[bytes], *, owner: Owner | None = None) -> Sheet:
    """Read a whole file, its columns guessed from their headings.

    Published lists (`product_name, producer, …, status, source`) name their producers; a member's
    sheet (`name, group, pack_content, pack_unit, price_vnd[, gtin]` …) belongs to `owner`.

    Raises:
        SheetRefused: it is no table we can read, is too long, or lacks a column.
    """
    columns = columns_for(owner)
    table = open_table(stream, columns)
    chosen = guess(table.heading, columns)
    refuse_missing(chosen, columns)
    sheet = Sheet()
    for line in product_lines(table.lines, chosen, owner=owner):
        if line.refusal is not None:
            sheet.refusals.append(line.refusal)
        if line.row is not None:
            sheet.lines[line.row.key] = line.number
            sheet.rows.append(line.row)
    return sheet


def refuse_missing(chosen: Mapping[str, int], columns: Sequence[Column]) -> None:
    """Refuse a choice of columns that leaves out one that must be said.

    Raises:
        ColumnsMissing: with their names.
    """
    lacking = missing(chosen, columns)
    if lacking:
        raise ColumnsMissing("columns", columns=", ".join(column.words for column in lacking))


def product_lines(
    lines: Iterator[Line], chosen: Mapping[str, int], *, owner: Owner | None
) -> Iterator[SheetLine]:
    """Read lines one by one. Neighbours that name one product are its packs: one row, the first's.

    A product or a pack's number that stands twice is refused where it comes again.
    """
    keys: set[str] = set()
    gtins: set[str] = set()
    held: SheetLine | None = None
    for line in lines:
        read = _read(line, chosen, owner)
        joined_row = _joined(held, read)
        if held is not None and joined_row is not None:
            held = replace(held, row=joined_row)
            continue
        if held is not None:
            yield _once(held, keys, gtins)
        held = read
    if held is not None:
        yield _once(held, keys, gtins)


def _read(line: Line, chosen: Mapping[str, int], owner: Owner | None) -> SheetLine:
    texts = {name: line.cell(column) for name, column in chosen.items()}
    try:
        return SheetLine(line.number, texts, row=product_line(texts, owner=owner))
    except Unreadable as refused:
        values = dict(refused.values)
        column = str(values.pop("column", ""))
        refusal = Refusal(line.number, column, refused.code, values)
        return SheetLine(line.number, texts, refusal=refusal)


def _joined(held: SheetLine | None, read: SheetLine) -> ProductRow | None:
    """The row of two neighbouring lines that name packs of one product; else None."""
    first: ProductRow | None = held.row if held else None
    second: ProductRow | None = read.row
    if first is None or second is None or not first.packs or not second.packs:
        return None
    others = {pack.measure for pack in first.packs}
    # A second line need not say again what the first said.
    words = first.words if second.words[0].summary is None else second.words
    is_one = first.key == second.key and replace(first, packs=()) == replace(
        second, packs=(), words=words
    )
    if not is_one or second.packs[0].measure in others:
        return None
    return replace(first, packs=(*first.packs, *second.packs))


def _once(line: SheetLine, keys: set[str], gtins: set[str]) -> SheetLine:
    """The line, refused where its product or a pack's number stood in an earlier one."""
    if line.row is None:
        return line
    numbers = {pack.gtin for pack in line.row.packs if pack.gtin is not None}
    column = "name" if line.row.key in keys else "gtin" if numbers & gtins else None
    if column is not None:
        return replace(line, row=None, refusal=Refusal(line.number, column, REPEATED))
    keys.add(line.row.key)
    gtins |= numbers
    return line
