"""Sheets of lots: each line a lot of goods on sale, named by their words."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalog.errors import ImportTouched, LotCodeTaken, LotUriCodeTaken
from catalog.models import Lot
from catalog.models.lots import MAX_DECLARED_UNITS
from catalog.queries import ManagedPack, ManagedProduct, goods_for_lots
from catalog.rules import made_kinds
from catalog.search import mark_changed
from catalog.service.declaring import change_lot, declare_lot, delete_lot, refuse_impossible
from catalog.service.entries import Fate, Outcome
from catalog.service.lot_entries import LotRow
from catalog.service.sheet_cells import cell
from catalog.service.sheets import REPEATED, Refusal, SheetLine
from catalog.sheets import Line
from catalog.sheets.columns import joined
from catalog.sheets.products import MADE_WORDS
from core.bulk import insert_for_ids
from core.errors import AppError
from core.text.days import day
from core.text.fold import normal
from core.text.lines import one_line
from core.text.numbers import count
from core.text.refusal import Unreadable
from core.text.set82 import set82
from core.text.typed import within
from core.work import Work

_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$")  # "2026-11-12 00:00:00"


@dataclass(frozen=True)
class LotLine:
    """A lot to be entered or changed; its code is its key within the enterprise."""

    lot: LotRow
    group: str
    product_id: int
    enterprise_id: int

    @property
    def key(self) -> str:
        """What says which lot the same line means next time."""
        return self.lot.code


Goods = Mapping[str, Sequence[ManagedProduct]]  # By the plain form of their names.


def goods_by_name(session: Session, enterprise_id: int) -> Goods:
    """The goods an enterprise can declare lots of."""
    found: dict[str, list[ManagedProduct]] = defaultdict(list)
    for product in goods_for_lots(session, enterprise_id):
        found[normal(product.name)].append(product)
    return found


def lot_lines(
    lines: Iterator[Line], chosen: Mapping[str, int], *, goods: Goods
) -> Iterator[SheetLine]:
    """Read lines one by one; a code that stands twice is refused where it comes again."""
    codes: set[str] = set()
    for line in lines:
        texts = {name: line.cell(column) for name, column in chosen.items()}
        try:
            read = lot_line(texts, goods=goods)
        except Unreadable as refused:
            values = dict(refused.values)
            column = str(values.pop("column", ""))
            refusal = Refusal(line.number, column, refused.code, values)
            yield SheetLine(line.number, texts, refusal=refusal)
            continue
        if set82(read.key) in codes:
            yield SheetLine(line.number, texts, refusal=Refusal(line.number, "code", REPEATED))
            continue
        codes.add(set82(read.key))
        yield SheetLine(line.number, texts, row=read)


def lot_line(texts: Mapping[str, str], *, goods: Goods) -> LotLine:
    """A line as a lot.

    Raises:
        Unreadable: with the column and the reason.
    """
    product = _product(texts, goods)
    ends = texts.get("best_before_on")
    lot = LotRow(
        pack_id=_pack(texts, product).id,
        code=cell(texts, "code", _code),
        made_kind=cell(texts, "made_kind", lambda text: _made_kind(text, product.group)),
        made_on=cell(texts, "made_on", _day),
        best_before_on=cell(texts, "best_before_on", _day) if ends else None,
        declared_units=cell(
            texts, "declared_units", lambda text: within(count(text), 1, MAX_DECLARED_UNITS)
        ),
    )
    return LotLine(lot, product.group, product.id, product.enterprise_id)


def write_lots(work: Work, lines: Sequence[LotLine]) -> dict[str, Outcome]:
    """Enter lots whose code is new, change those without stamps that say something else."""
    if not lines:
        return {}
    stored = {
        lot.code: lot
        for lot in work.session.scalars(
            select(Lot).where(
                Lot.enterprise_id == lines[0].enterprise_id,
                Lot.code.in_([line.key for line in lines]),
            )
        )
    }
    outcomes = _create(work, [line for line in lines if line.key not in stored])
    for line in lines:
        if line.key in stored:
            outcomes[line.key] = _write_known(work, stored[line.key], line)
    mark_changed(work, [line.product_id for line in lines if _wrote(outcomes[line.key])])
    return outcomes


def undo_lot(work: Work, *, lot_id: int, version: int, before: Mapping[str, object] | None) -> None:
    """Delete a lot an import entered, or put back what it changed.

    Raises:
        ImportTouched: it changed since, or bears stamps.
    """
    try:
        if before is None:
            delete_lot(work, lot_id=lot_id, version=version)
        else:
            change_lot(work, lot_id=lot_id, version=version, lot=_row_of(before))
    except (AppError, IntegrityError) as error:
        raise ImportTouched(f"lot {lot_id}: {error}") from error


def _create(work: Work, lines: Sequence[LotLine]) -> dict[str, Outcome]:
    outcomes: dict[str, Outcome] = {}
    taken = _uri_codes(work, lines)
    fit: list[LotLine] = []
    for line in lines:
        refusal = _refusal_of(work, line, taken)
        if refusal is not None:
            outcomes[line.key] = Outcome(Fate.REFUSED, refusal=refusal)
            continue
        taken[set82(line.lot.code)] = line.lot.code
        fit.append(line)
    try:
        with work.session.begin_nested():
            ids = insert_for_ids(work.session, Lot, [_values(work, line) for line in fit])
    except IntegrityError:  # A rival took a code since: alone, each line tells.
        return outcomes | {line.key: _declare(work, line) for line in fit}
    made = zip(fit, ids, strict=True)
    return outcomes | {line.key: Outcome(Fate.CREATED, id_, version=1) for line, id_ in made}


def _declare(work: Work, line: LotLine) -> Outcome:
    try:
        return Outcome(Fate.CREATED, declare_lot(work, lot=line.lot).id, version=1)
    except AppError as refusal:
        return Outcome(Fate.REFUSED, refusal=refusal)


def _refusal_of(work: Work, line: LotLine, taken: Mapping[str, str]) -> AppError | None:
    uri_code = set82(line.lot.code)
    other = taken.get(uri_code)
    if other == line.lot.code:
        return LotCodeTaken("code in use", code=other)
    if other is not None:
        return LotUriCodeTaken("in use", code=line.lot.code, uri_code=uri_code, other=other)
    try:
        refuse_impossible(work, line.lot, group=line.group)
    except AppError as refusal:
        return refusal
    return None


def _uri_codes(work: Work, lines: Sequence[LotLine]) -> dict[str, str]:
    if not lines:
        return {}
    found = work.session.execute(
        select(Lot.uri_code, Lot.code).where(
            Lot.enterprise_id == lines[0].enterprise_id,
            Lot.uri_code.in_([set82(line.lot.code) for line in lines]),
        )
    )
    return {row.uri_code: row.code for row in found}


def _values(work: Work, line: LotLine) -> dict[str, object]:
    return {
        "public_id": work.new_public_id(),
        "enterprise_id": line.enterprise_id,
        "product_id": line.product_id,
        "uri_code": set82(line.lot.code),
        "created_at": work.now,
        **asdict(line.lot),
    }


def _write_known(work: Work, stored: Lot, line: LotLine) -> Outcome:
    was = LotRow(
        pack_id=stored.pack_id or line.lot.pack_id,
        code=stored.code,
        made_kind=stored.made_kind,
        made_on=stored.made_on,
        best_before_on=stored.best_before_on,
        declared_units=stored.declared_units,
    )
    if was == line.lot:
        return Outcome(Fate.UNCHANGED, stored.id, stored.version)
    version = stored.version
    try:
        with work.session.begin_nested():
            change_lot(work, lot_id=stored.id, version=version, lot=line.lot)
    except AppError as refusal:
        return Outcome(Fate.REFUSED, refusal=refusal)
    days = {"made_on": was.made_on, "best_before_on": was.best_before_on}
    before = asdict(was) | {name: day_.isoformat() if day_ else None for name, day_ in days.items()}
    return Outcome(Fate.UPDATED, stored.id, version + 1, before)


def _row_of(before: Mapping[str, object]) -> LotRow:
    kept: dict[str, Any] = dict(before)
    for name in ("made_on", "best_before_on"):
        kept[name] = date.fromisoformat(kept[name]) if kept[name] else None
    return LotRow(**kept)


def _wrote(outcome: Outcome) -> bool:
    return outcome.fate in {Fate.CREATED, Fate.UPDATED}


def _product(texts: Mapping[str, str], goods: Goods) -> ManagedProduct:
    found = goods.get(normal(texts.get("product", "")), ())
    if len(found) != 1:
        raise Unreadable("unknown_goods", column="product")
    return found[0]


def _pack(texts: Mapping[str, str], product: ManagedProduct) -> ManagedPack:
    """The pack a line names; without a name the product's only one."""
    wanted = normal(texts.get("pack", ""))
    packs = [pack for pack in product.packs if not wanted or normal(pack.words) == wanted]
    if len(packs) != 1:
        raise Unreadable("unknown_pack", column="pack")
    return packs[0]


def _code(text: str) -> str:
    code = one_line(text, at_most=40)
    set82(code)  # Its refusal is the cell's.
    return code


def _made_kind(text: str, group: str) -> str:
    kinds = made_kinds(group)
    kind = MADE_WORDS.get(joined(text)) if text else kinds[0]
    if kind not in kinds:
        raise Unreadable("unknown_made_kind")
    return kind


def _day(text: str) -> date:
    return day(_CLOCK.sub("", text))
